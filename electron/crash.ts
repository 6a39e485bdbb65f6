/** A page that has crashed is shown again, unless it does nothing but crash. */
import type { WebContents } from "electron";
import { RestartPolicy } from "../analyzer/host/restart-policy.js";

export interface CrashedPage {
  /** Loads the page again; the analyzer still has everything that was open. */
  readonly reload: () => void;
  /** It crashes each time. Asks the user; true: try once more. */
  readonly askUser: (reason: string) => Promise<boolean>;
  readonly quit: () => void;
}

/** Watches over the process of a page. */
export function recoverPage(
  contents: Pick<WebContents, "on">,
  { reload, askUser, quit }: CrashedPage,
): void {
  let policy = new RestartPolicy();
  contents.on("render-process-gone", (_event, { reason }) => {
    if (reason === "clean-exit") return;
    const decision = policy.decide(performance.now());
    if (decision.kind === "restart") {
      setTimeout(reload, decision.delay);
      return;
    }
    void askUser(reason).then((isToTry) => {
      if (!isToTry) {
        quit();
        return;
      }
      policy = new RestartPolicy();
      reload();
    });
  });
}
