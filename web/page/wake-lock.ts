/**
 * Keeps the computer awake while a page that is seen asks for it: browsers let go whenever the page is
 * hidden, so that it is asked for again then. Null where the browser has no such thing.
 */
export function createWakeLock(): ((isAwake: boolean) => void) | null {
  // Not there on pages that came over plain HTTP from elsewhere.
  if (!("wakeLock" in navigator)) return null;
  let isWanted = false;
  let lock: WakeLockSentinel | null = null;
  const ask = async () => {
    if (!isWanted || lock !== null || document.visibilityState !== "visible") return;
    try {
      const taken = await navigator.wakeLock.request("screen");
      taken.addEventListener("release", () => {
        if (lock === taken) lock = null;
      });
      lock = taken;
      if (!isWanted) await taken.release();
    } catch {
      // A battery that runs low may be a reason; the capture itself goes on where the server is.
    }
  };
  document.addEventListener("visibilitychange", () => void ask());
  return (isAwake) => {
    isWanted = isAwake;
    if (isAwake) void ask();
    else void lock?.release();
  };
}
