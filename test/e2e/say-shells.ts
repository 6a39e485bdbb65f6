/** Says at the end of a run which shell its tests did not see. */
import { findDesktop } from "./desktop-here.js";

export default function sayShells(): () => void {
  return () => {
    const desktop = findDesktop();
    if (desktop.kind === "desktop") return;
    console.log(`The Electron part of the tests did not run: ${desktop.reason}.`);
  };
}
