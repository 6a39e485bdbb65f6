// Runs in the page before anything of the application: when pictures come, when something is seen in
// one of them, and since when the user has waited for it.
const pictures = [];
const waiting = new Set();
let last = performance.now();

globalThis.bench = {
  /** When the user pressed a key or a button last. */
  pressed: 0,
  begin() {
    pictures.length = 0;
  },
  /** Milliseconds from picture to picture. */
  end: () => [...pictures],
  /** When the first picture came in which `isSeen` holds. */
  when: (isSeen) => new Promise((resolve) => waiting.add({ isSeen, resolve })),
};

function onPicture() {
  const now = performance.now();
  pictures.push(now - last);
  last = now;
  for (const one of waiting) {
    if (!one.isSeen()) continue;
    waiting.delete(one);
    one.resolve(now);
  }
  requestAnimationFrame(onPicture);
}
requestAnimationFrame(onPicture);

for (const kind of ["keydown", "pointerdown"]) {
  addEventListener(
    kind,
    ({ timeStamp }) => {
      globalThis.bench.pressed = timeStamp;
    },
    { capture: true },
  );
}
