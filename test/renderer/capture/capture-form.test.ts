import { expect, test } from "vitest";
import {
  type CaptureForm,
  formOf,
  readForm,
  standardForm,
} from "../../../renderer/capture/capture-form.js";

const filled = (change: Partial<CaptureForm>) => readForm({ ...standardForm, ...change });

test("a serial line by a preset, by own settings, and found out", () => {
  expect(filled({ port: " /dev/ttyUSB0 " }).request).toEqual({
    tap: { kind: "serial", port: "/dev/ttyUSB0", preset: "hdlc" },
    file: null,
    ring: null,
  });
  expect(filled({ port: "COM3", line: "own", baud: "300", format: "7e1" }).request?.tap).toEqual({
    kind: "serial",
    port: "COM3",
    line: { baud: 300, dataBits: 7, parity: "even", stopBits: 1 },
  });
  expect(
    filled({ port: "a", hasAnswersPort: true, answersPort: "b", line: "automatic" }).request?.tap,
  ).toEqual({ kind: "serial", port: "a", answersPort: "b", isAutomatic: true });
});

test("sockets: what is left empty is every address of the machine", () => {
  const host = "192.0.2.7";
  expect(filled({ kind: "tcp", host, hostPort: "4001" }).request?.tap).toEqual({
    kind: "tcp",
    host,
    port: 4001,
  });
  expect(filled({ kind: "udp" }).request?.tap).toEqual({
    kind: "udp",
    host: "0.0.0.0",
    port: 4059,
  });
  expect(filled({ kind: "relay", listenHost: "::1", host }).request?.tap).toEqual({
    kind: "relay",
    host: "::1",
    port: 4059,
    targetHost: host,
    targetPort: 4059,
  });
});

test("a ring is so many files of so many megabytes or minutes", () => {
  const ring = { hasRing: true, ringFiles: "5", ringMegabytes: "", ringMinutes: "60" };
  const { request } = filled({ port: "a", file: " day.pcapng ", ...ring });
  expect(request).toMatchObject({ file: "day.pcapng", ring: { files: 5, duration: 3600 } });
  expect(request?.ring).not.toHaveProperty("size");
  expect(filled({ port: "a", hasRing: true }).request?.ring).toEqual({
    files: 10,
    size: 100_000_000,
  });
});

test.for<readonly [Partial<CaptureForm>, readonly (keyof CaptureForm)[]]>([
  [{}, ["port"]],
  [{ port: "a", hasAnswersPort: true }, ["answersPort"]],
  [{ port: "a", hasAnswersPort: true, answersPort: "a" }, ["answersPort"]],
  [{ port: "a", line: "own", baud: "fast", format: "9N1" }, ["baud", "format"]],
  [{ port: "a", line: "own", baud: "299" }, ["baud"]],
  [{ kind: "tcp" }, ["host"]],
  [{ kind: "listen", listenPort: "65536" }, ["listenPort"]],
  [{ kind: "relay", listenPort: "0", hostPort: "-1" }, ["host", "hostPort", "listenPort"]],
  [{ port: "a", hasRing: true, ringMegabytes: "" }, ["ringMegabytes"]],
  [{ port: "a", hasRing: true, ringFiles: "many" }, ["ringFiles"]],
])("%j is not enough", ([change, fields]) => {
  const { request, faults } = filled(change);
  expect(request).toBeNull();
  expect(Object.keys(faults ?? {}).sort()).toEqual([...fields].sort());
});

test("what was remembered comes back; what is not of a form does not", () => {
  const form = { ...standardForm, kind: "udp" as const, listenPort: "7000", hasRing: true };
  expect(formOf(JSON.parse(JSON.stringify(form)))).toEqual(form);
  expect(formOf({ kind: "carrier pigeon", line: 7, port: 5, host: "h", other: 1 })).toEqual({
    ...standardForm,
    host: "h",
  });
  for (const nothing of [undefined, null, 5, "form"]) expect(formOf(nothing)).toBe(standardForm);
});
