import { useActiveDocument } from "../state/analyzer.js";

/** The window. */
export function Application() {
  const document = useActiveDocument();
  return <main>{document?.name ?? "Obiscope"}</main>;
}
