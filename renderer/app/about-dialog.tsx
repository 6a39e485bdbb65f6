import { useAnalyzer } from "../state/analyzer.js";
import { DialogFrame } from "./modal.js";

export function AboutDialog() {
  const version = useAnalyzer((state) => state.version);
  return (
    <DialogFrame title="About Obiscope">
      <p>Obiscope {version}, a protocol analyzer for DLMS/COSEM (IEC 62056). Apache License 2.0.</p>
      <p>JetBrains Mono is under the SIL Open Font License 1.1.</p>
    </DialogFrame>
  );
}
