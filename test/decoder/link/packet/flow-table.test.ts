import { describe, expect, it } from "vitest";
import { FlowTable } from "../../../../decoder/link/packet/flow-table.js";
import { PacketContents } from "../../../../decoder/link/packet/packet-contents.js";
import { join } from "./packet-builder.js";

/** Addresses one after the other, source first, and what a packet between them says. */
function between(source: string, destination: string, ports: readonly [number, number]) {
  const bytes = join(source, destination);
  const contents = new PacketContents({ values: false });
  contents.ipVersion = bytes.length === 32 ? 6 : 4;
  contents.destinationAt = bytes.length / 2;
  contents.sourcePort = ports[0];
  contents.destinationPort = ports[1];
  return { bytes, contents };
}

const a = "0a000001";
const b = "c0a80001";
const a6 = "20010db8000000000000000000000001";
const b6 = "fe800000000000000000000000000002";

describe("a flow table", () => {
  const createTable = (capacity = 100) => new FlowTable("udp", ({ text }) => text, capacity);
  const find = (table: FlowTable<string>, packet: ReturnType<typeof between>) =>
    table.find(packet.bytes, packet.contents);

  it("finds the same flow from both ends", () => {
    const table = createTable();
    const text = "udp 10.0.0.1:4059 192.168.0.1:50000";
    expect(find(table, between(b, a, [50_000, 4059]))).toEqual({ flow: text, fromFirst: false });
    expect(find(table, between(a, b, [4059, 50_000]))).toEqual({ flow: text, fromFirst: true });
  });

  it("tells flows apart by either port", () => {
    const table = createTable();
    find(table, between(a, b, [1, 2]));
    find(table, between(a, b, [1, 3]));
    find(table, between(a, b, [2, 1]));
    expect(table.flows()).toHaveLength(3);
  });

  it("knows the ends of IPv6", () => {
    const table = createTable();
    const text = "udp [2001:db8::1]:4059 [fe80::2]:7";
    expect(find(table, between(b6, a6, [7, 4059]))).toEqual({ flow: text, fromFirst: false });
    expect(find(table, between(a6, b6, [4059, 7]))).toEqual({ flow: text, fromFirst: true });
  });

  it("sorts ends of one address by their port as text", () => {
    const table = createTable();
    const text = "udp 10.0.0.1:40000 10.0.0.1:50000";
    expect(find(table, between(a, a, [50_000, 40_000]))).toEqual({ flow: text, fromFirst: false });
    expect(find(table, between(a, a, [40_000, 50_000]))).toEqual({ flow: text, fromFirst: true });
  });

  it("forgets the flows that were silent longest", () => {
    const table = createTable(2);
    find(table, between(a, b, [1, 1]));
    find(table, between(a, b, [2, 2]));
    find(table, between(a, b, [1, 1]));
    expect(table.takeForgotten()).toEqual([]);
    find(table, between(a, b, [3, 3]));
    expect(table.takeForgotten()).toEqual(["udp 10.0.0.1:2 192.168.0.1:2"]);
    expect(table.takeForgotten()).toEqual([]);
    expect(table.flows()).toHaveLength(2);
  });
});
