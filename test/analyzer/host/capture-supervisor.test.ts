/** What a shell does with a capture process that answers otherwise than it should. */
import { afterEach, expect, it, vi } from "vitest";
import { CaptureSupervisor } from "../../../analyzer/host/capture-supervisor.js";
import {
  type CaptureRequest,
  type CaptureState,
  createPortPair,
  type Port,
} from "../../../analyzer/protocol/index.js";

const request: CaptureRequest = {
  tap: { kind: "udp", host: "127.0.0.1", port: 4059 },
  file: null,
  ring: null,
};
const status = {
  phase: "open",
  severity: "information",
  message: "Capturing.",
  line: "udp",
  file: "/recordings/a.pcapng",
  isRecorded: true,
  since: 0,
  total: { bytes: 0, packets: 0, errors: 0 },
  perSecond: { bytes: 0, packets: 0, errors: 0 },
};

afterEach(() => vi.useRealTimers());

/** A supervisor whose processes are ends of lines in the hands of the test. */
function supervise() {
  const processes: { readonly line: Port; readonly messages: unknown[] }[] = [];
  const states: CaptureState[] = [];
  const running: boolean[] = [];
  const supervisor = new CaptureSupervisor({
    spawn: () => {
      const [port, line] = createPortPair();
      const messages: unknown[] = [];
      line.listen({ message: (message) => messages.push(message), closed: () => {} });
      processes.push({ line, messages });
      return { port, kill: () => port.close() };
    },
    places: {
      folder: "/recordings",
      place: async () => "/recordings/a.pcapng",
      unfinished: async () => [],
      dismiss: async () => {},
    },
    application: "Obiscope 0",
    onRunning: (isRunning) => running.push(isRunning),
  });
  supervisor.onState = (state) => states.push(state);
  return { supervisor, processes, states, running };
}

async function begin() {
  const all = supervise();
  const starting = all.supervisor.start(request);
  await vi.waitFor(() => expect(all.processes[0]?.messages).toHaveLength(1));
  const [process] = all.processes;
  if (process === undefined) throw new Error("no process was started");
  return { ...all, starting, process };
}

it("tells how it stands, and that it runs", async () => {
  const { supervisor, process, starting, states, running } = await begin();
  expect(process.messages[0]).toEqual({
    kind: "record",
    tap: request.tap,
    file: "/recordings/a.pcapng",
    ring: null,
    application: "Obiscope 0",
  });
  process.line.send({ kind: "started", status });
  expect(await starting).toEqual({ path: "/recordings/a.pcapng" });
  process.line.send({ kind: "status", status: { ...status, phase: "waiting" } });
  // What is not of the contract is no message.
  process.line.send({ kind: "status", status: { phase: "open" } });
  process.line.send("status");
  await vi.waitFor(() => expect(states.map(({ phase }) => phase)).toEqual(["open", "waiting"]));
  const stopping = supervisor.stop();
  await vi.waitFor(() => expect(process.messages.at(-1)).toEqual({ kind: "stop" }));
  // A count that was on its way does not make it run again.
  process.line.send({ kind: "status", status });
  process.line.send({ kind: "status", status: { ...status, phase: "ended" } });
  await stopping;
  expect(states.slice(2).map(({ phase }) => phase)).toEqual(["stopping", "stopping", "ended"]);
  expect(running).toEqual([true, false]);
});

it("says why it cannot start, and can be asked again", async () => {
  const { supervisor, process, starting, states, running } = await begin();
  process.line.send({ kind: "refused", message: "There is no such port." });
  await expect(starting).rejects.toMatchObject({ message: "There is no such port." });
  const again = supervisor.start(request);
  again.catch(() => {});
  await expect(supervisor.start(request)).rejects.toMatchObject({ code: "capture-running" });
  expect([states, running]).toEqual([[], []]);
});

it("says that a process has died, before it has begun and in the middle", async () => {
  const early = await begin();
  early.process.line.close();
  await expect(early.starting).rejects.toMatchObject({ code: "cannot-capture" });

  const { process, starting, states, running } = await begin();
  process.line.send({
    kind: "started",
    status: { ...status, perSecond: { bytes: 9, packets: 1, errors: 0 } },
  });
  await starting;
  process.line.close();
  await vi.waitFor(() => expect(states).toHaveLength(2));
  expect(states[1]).toMatchObject({
    phase: "ended",
    severity: "error",
    message: expect.stringContaining("ended by itself"),
    perSecond: { bytes: 0 },
  });
  expect(running).toEqual([true, false]);
});

it("keeps a process that holds what could not be recorded, until it is released", async () => {
  const { supervisor, process, starting } = await begin();
  process.line.send({ kind: "started", status });
  await starting;
  const asked = () =>
    process.messages.filter((one) => (one as { call?: number }).call !== undefined);
  // While it runs; of another file there is nothing.
  const running = supervisor.unrecorded(status.file, 5);
  expect(await supervisor.unrecorded("/recordings/b.pcapng", 0)).toBeNull();
  await vi.waitFor(() => expect(asked()).toEqual([{ kind: "read-unrecorded", call: 1, from: 5 }]));
  process.line.send({ kind: "unrecorded", call: 1, bytes: Uint8Array.of(1, 2) });
  expect(await running).toEqual(Uint8Array.of(1, 2));
  // When it has ended.
  const stopping = supervisor.stop();
  process.line.send({ kind: "status", status: { ...status, phase: "ended", isRecorded: false } });
  await stopping;
  const ended = supervisor.unrecorded(status.file, 7);
  await vi.waitFor(() => expect(asked()).toHaveLength(2));
  process.line.send({ kind: "unrecorded", call: 2, bytes: Uint8Array.of(3) });
  expect(await ended).toEqual(Uint8Array.of(3));
  // Who waits for it when it goes is told that nothing more comes.
  const late = supervisor.unrecorded(status.file, 8);
  supervisor.release();
  expect(await late).toBeNull();
  expect(await supervisor.unrecorded(status.file, 0)).toBeNull();
});

it("waits for a process that stops no longer than is bearable", async () => {
  const { supervisor, process, starting, states } = await begin();
  process.line.send({ kind: "started", status });
  await starting;
  vi.useFakeTimers();
  const stopped = supervisor.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  await stopped;
  expect(states.at(-1)).toMatchObject({ phase: "ended", severity: "error" });
});

it("lists ports, or says that they cannot be listed", async () => {
  const { supervisor, processes } = supervise();
  const listing = supervisor.ports();
  await vi.waitFor(() => expect(processes[0]?.messages).toEqual([{ kind: "list-ports" }]));
  const ports = [{ path: "/dev/ttyUSB0", description: "FTDI" }];
  processes[0]?.line.send({ kind: "ports", ports, note: null });
  expect(await listing).toEqual({ ports, note: null, folder: "/recordings" });
  const second = supervisor.ports();
  await vi.waitFor(() => expect(processes[1]?.messages).toHaveLength(1));
  processes[1]?.line.close();
  await expect(second).rejects.toMatchObject({ code: "no-ports" });
});
