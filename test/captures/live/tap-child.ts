/** Runs serial taps for a test: it is told by messages what to do, and tells what they tell. */
import { createSerialTap } from "../../../captures/live/serial-tap.js";
import type { RunningTap, TapEvent } from "../../../captures/live/tap.js";
import type { TapAnswer, TapCommand } from "./tap-process.js";

const running = new Map<number, RunningTap>();

process.on("message", (command: TapCommand) => void obey(command));
process.on("disconnect", () => process.exit());

async function obey(command: TapCommand): Promise<void> {
  const { id } = command;
  if (command.kind === "stop") {
    await running.get(id)?.stop();
    tell({ id, kind: "stopped" });
    return;
  }
  const take = (event: TapEvent) => {
    tell({ id, kind: "event", event });
    if (command.isSlow) setTimeout(() => running.get(id)?.resume(), 1);
    return !command.isSlow;
  };
  try {
    running.set(id, await createSerialTap(command.settings).start({ take }));
    tell({ id, kind: "started" });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    tell({ id, kind: "failed", name, message });
  }
}

function tell(answer: TapAnswer): void {
  process.send?.(answer);
}
