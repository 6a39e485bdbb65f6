import { describe, expect, it } from "vitest";
import { createPortPair, LastingPort } from "../../../analyzer/protocol/index.js";

const turn = () => new Promise((resolve) => setTimeout(resolve));

function listen() {
  const line = new LastingPort();
  const heard: unknown[] = [];
  line.listen({ message: (message) => heard.push(message), closed: () => heard.push("closed") });
  return { line, heard };
}

function carrier() {
  const [near, far] = createPortPair();
  const arrived: unknown[] = [];
  far.listen({ message: (message) => arrived.push(message), closed: () => arrived.push("closed") });
  return { near, far, arrived };
}

describe("a line that lasts", () => {
  it("keeps what is sent before its first carrier", async () => {
    const { line } = listen();
    line.send(1);
    const { near, arrived } = carrier();
    line.attach(near, null);
    line.send(2);
    await turn();
    expect(arrived).toEqual([1, 2]);
  });

  it("says of a new carrier that it is one, before anything else comes from it", async () => {
    const { line, heard } = listen();
    const first = carrier();
    line.attach(first.near, null);
    first.far.close();
    await turn();
    line.send("lost: its answer would be, too");
    const second = carrier();
    second.far.send("hello");
    line.attach(second.near, "It ended.");
    await turn();
    expect(heard).toEqual([{ event: "restarted", reason: "It ended." }, "hello"]);
    expect(second.arrived).toEqual([]);
  });

  it("hears nothing of a carrier that was replaced", async () => {
    const { line, heard } = listen();
    const first = carrier();
    line.attach(first.near, null);
    line.attach(carrier().near, "Again.");
    first.far.send("late");
    await turn();
    expect(heard).toEqual([{ event: "restarted", reason: "Again." }]);
    expect(first.arrived).toEqual(["closed"]);
  });

  it("ends once, with its carrier", async () => {
    const { line, heard } = listen();
    const { near, arrived } = carrier();
    line.attach(near, null);
    line.close();
    line.close();
    await turn();
    expect(heard).toEqual(["closed"]);
    expect(arrived).toEqual(["closed"]);
  });
});
