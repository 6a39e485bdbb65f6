/** Unpacks the browser of the package once, before tests that run side by side ask for it. */
import { executableOf } from "./launch.js";

export default async function unpack(): Promise<void> {
  await executableOf();
}
