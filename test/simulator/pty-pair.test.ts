import { existsSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { SeededRandom } from "../bench/random.js";
import { NearEnd, until } from "./near-end.js";
import { PtyPair, socatIsHere } from "./pty-pair.js";

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function layCable(): Promise<PtyPair> {
  const pair = await PtyPair.open();
  open.push(pair);
  return pair;
}

function listen(pair: PtyPair): NearEnd {
  const end = new NearEnd(pair.near);
  open.push(end);
  return end;
}

describe.skipIf(!socatIsHere)("a pair of pseudo terminals (needs socat)", () => {
  it("carries every byte, whatever it means to a terminal", async () => {
    const pair = await layCable();
    const near = listen(pair);
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    await pair.write(all);
    expect(await near.hear(256)).toEqual(all);
  });

  it("carries a megabyte, also to one who comes late", async () => {
    const pair = await layCable();
    const sent = new Uint8Array(new SeededRandom(1).bytes(1 << 20));
    const writing = pair.write(sent);
    const near = listen(pair);
    await writing;
    expect(Buffer.compare(await near.hear(sent.length), sent)).toBe(0);
  });

  it("outlives its listeners", async () => {
    const pair = await layCable();
    const first = listen(pair);
    await pair.write(Uint8Array.of(1));
    await first.hear(1);
    first.close();
    await until(
      () => first.isGone,
      () => "the first is still there",
    );
    const second = listen(pair);
    await pair.write(Uint8Array.of(2));
    expect([...(await second.hear(1))]).toEqual([2]);
  });

  it("vanishes from under a listener, and returns by the same name", async () => {
    const pair = await layCable();
    const before = listen(pair);
    await pair.vanish();
    await until(
      () => before.isGone,
      () => "the listener has not noticed",
    );
    expect([pair.near, pair.far].map((path) => existsSync(path))).toEqual([false, false]);
    await expect(pair.write(Uint8Array.of(1))).rejects.toThrow("is not there");
    await pair.return();
    const after = listen(pair);
    await pair.write(Uint8Array.of(7, 8));
    expect([...(await after.hear(2))]).toEqual([7, 8]);
  });

  it("lets a sender go whom nobody listens to", async () => {
    const pair = await layCable();
    const writing = pair.write(new Uint8Array(1 << 20));
    const failed = expect(writing).rejects.toThrow("EIO");
    await new Promise((resolve) => setTimeout(resolve, 50));
    await pair.vanish();
    await failed;
  });

  it("leaves nothing behind", async () => {
    const pair = await layCable();
    await pair.close();
    expect(existsSync(pair.near)).toBe(false);
    await pair.close();
  });
});
