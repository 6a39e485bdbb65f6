/** Who may speak, who has answered, and what the capture itself does (IEC 62056-46, 6.4.4). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HdlcLink } from "../../../../decoder/conversation/link/hdlc-link.js";
import { readHdlc } from "../../../../decoder/link/hdlc/hdlc.js";
import { dissectBytes } from "../../dissect-bytes.js";
import {
  client,
  connected,
  damaged,
  follow,
  observe,
  parameters,
  type Step,
  server,
} from "./hdlc-link-trace.js";

describe("commands without an answer", () => {
  it("that are repeated are told with the time", () => {
    const { found } = follow(
      ...connected,
      client.rr(0, { at: 100 }),
      client.rr(0, { at: 103 }),
      server.rr(0, { at: 104 }),
    );
    expect(found).toEqual([
      { frame: 4, code: "link.command-repeated", severity: "note", detail: "RR after 3.0 s" },
    ]);
    expect(follow(...connected, client.rr(0), server.rr(0), client.rr(0)).codes).toEqual([]);
  });

  it("are serious where SNRM is sent a third time", () => {
    const { found } = follow(
      client.snrm({ at: 0 }),
      client.snrm({ at: 5 }),
      client.snrm({ at: 10 }),
    );
    expect(found).toEqual([
      { frame: 2, code: "link.command-repeated", severity: "note", detail: "SNRM after 5.0 s" },
      {
        frame: 3,
        code: "link.snrm-unanswered",
        severity: "warning",
        detail: "3 times, the last after 10.0 s",
      },
    ]);
    const answered = follow(client.snrm(), client.snrm(), server.ua(), server.ua());
    expect(answered.codes).toEqual(["2 link.command-repeated"]);
    expect(answered.view.state).toBe("connected");
  });

  it("are noted where another one follows and the server was heard before", () => {
    const { found } = follow(...connected, client.disc(), client.snrm(), server.ua());
    expect(found).toEqual([
      { frame: 3, code: "link.unanswered", severity: "note", detail: "DISC" },
    ]);
  });

  it("are not noted in a capture of the client alone, at its end, or by a damaged answer", () => {
    expect(
      follow(client.snrm(), client.i(0, 0), client.i(1, 1), client.disc()).codes,
    ).not.toContain("2 link.unanswered");
    expect(follow(...connected, client.disc()).codes).toEqual([]);
    const hidden = [client.disc(), damaged(server.ua()), client.snrm(), server.ua()];
    expect(follow(...connected, ...hidden).codes).toEqual([]);
  });
});

describe("frames of the server", () => {
  it("that no command asks for are noted", () => {
    const { found } = follow(
      ...connected,
      client.i(0, 0),
      server.i(0, 1),
      server.i(1, 1),
      client.i(1, 2),
      server.ua(),
    );
    expect(found).toEqual([
      { frame: 5, code: "link.answer-without-command", severity: "note", detail: "I" },
      { frame: 7, code: "link.answer-without-command", severity: "note", detail: "UA" },
    ]);
  });

  it("are asked for by P, once for each", () => {
    const train = [server.i(0, 1, { final: false }), server.i(1, 1)];
    const settled = [
      client.snrm(parameters(128, 128, 2, 2)),
      server.ua(parameters(128, 128, 2, 2)),
    ];
    expect(follow(...settled, client.i(0, 0), ...train, client.i(1, 2)).codes).toEqual([]);
    // Before the first command nothing is known, and UI frames need none.
    expect(follow(server.i(3, 3), server.ui(), server.ui()).codes).toEqual([]);
    // N(R) shows that a command is missing in the capture.
    const lossy = follow(...connected, client.i(0, 0), server.i(0, 1), server.i(1, 2));
    expect(lossy.codes).toEqual(["5 link.not-captured"]);
  });

  it("end with F, or the client waits in vain", () => {
    const { found } = follow(
      ...connected,
      client.i(0, 0, { at: 1 }),
      server.i(0, 1, { at: 2, final: false }),
      client.rr(1, { at: 7 }),
      server.rr(1, { at: 8 }),
    );
    expect(found).toEqual([
      {
        frame: 4,
        code: "link.final-missing",
        severity: "warning",
        detail: "frame 5 of the client follows after 5.0 s",
      },
    ]);
  });

  it("that may have ended with F unseen are let be", () => {
    const begun = [...connected, client.i(0, 0), server.i(0, 1, { final: false })];
    expect(follow(...begun).codes).toEqual([]);
    expect(follow(...begun, client.disc(), server.ua()).codes).toEqual([]);
    expect(follow(...begun, damaged(server.i(1, 1)), client.rr(2)).codes).toEqual([
      "6 link.not-captured",
    ]);
    // N(R) shows that the last frame came, though the capture does not have it.
    expect(follow(...begun, client.i(1, 2)).codes).toEqual(["5 link.not-captured"]);
  });
});

describe("the LLC header", () => {
  const wrong = [
    client.i(0, 0, { information: "e6e700c001" }),
    server.i(0, 1, { information: "e6e600c401" }),
  ];

  it("of the other direction is told where the addresses prove the direction", () => {
    expect(follow(...wrong).codes).toEqual(["1 link.llc-direction", "2 link.llc-direction"]);
    expect(follow(client.i(0, 0), server.i(0, 1)).codes).toEqual([]);
  });

  it("of addresses of one byte is told once SNRM or UA has shown the client", () => {
    const short = { destination: "03", source: "21" };
    const request = client.i(0, 0, { information: "e6e700c001", ...short });
    expect(follow(request).codes).toEqual([]);
    const shown = follow(
      client.snrm(short),
      server.ua({ destination: "21", source: "03" }),
      request,
    );
    expect(shown.codes).toEqual(["3 link.llc-direction"]);
    expect(shown.view.clientToServer.informationFrames).toBe(1);
  });

  it("is not judged in pushes to all, whose addresses prove nothing", () => {
    // As Landis+Gyr pushes: the destination is the broadcast address of two bytes (ce ff).
    const push = server.ui({ destination: "ceff", source: "03", information: "e6e7000f00" });
    expect(follow(push).codes).toEqual([]);
  });
});

describe("the capture", () => {
  it("may have every frame twice, as an echo", () => {
    const { found, view } = follow(
      client.snrm({ at: 0 }),
      client.snrm({ at: 0.02 }),
      server.ua({ at: 0.5 }),
      client.i(0, 0, { at: 1 }),
      client.i(0, 0, { at: 1.02 }),
    );
    expect(found).toEqual([
      { frame: 2, code: "link.doubled", severity: "info", detail: "frame 1" },
      { frame: 5, code: "link.doubled", severity: "info", detail: "frame 4" },
    ]);
    expect(view.clientToServer.informationFrames).toBe(1);
    const repeated = follow(client.snrm({ at: 0 }), client.snrm({ at: 0.2 }));
    expect(repeated.codes).toEqual(["2 link.command-repeated"]);
  });

  it("may have damaged frames, which change nothing", () => {
    const { found, view } = follow(
      ...connected,
      client.i(0, 0),
      damaged(server.dm()),
      damaged(client.snrm()),
      damaged(server.i(5, 5)),
      server.i(0, 1),
      client.i(1, 1),
    );
    expect(found).toEqual([]);
    expect(view.state).toBe("connected");
  });

  it("may have frames of which nothing tells who sent them", () => {
    const unknown = client.i(0, 0, { destination: "03", source: "05" });
    expect(follow({ ...unknown, direction: null }).codes).toEqual([]);
  });

  it("may have anything: nothing is thrown", () => {
    const control = fc.integer({ min: 0, max: 255 });
    const step = fc.record({
      control,
      fromClient: fc.boolean(),
      damaged: fc.boolean(),
      segmented: fc.boolean(),
      information: fc.constantFrom("", "e6e600c001", "e6e7", "b4420c", "8180", "81801205018006"),
      at: fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined }),
    });
    const random = fc.array(step, { maxLength: 60 });
    const build = (value: typeof step extends fc.Arbitrary<infer T> ? T : never): Step => {
      const byte = value.control.toString(16).padStart(2, "0");
      const sender = value.fromClient ? client : server;
      const { segmented, information, at } = value;
      const frame = sender.ui({
        control: byte,
        segmented,
        information,
        ...(at === undefined ? {} : { at }),
      });
      return value.damaged ? damaged(frame) : frame;
    };
    fc.assert(
      fc.property(random, (values) => {
        const { found, view } = follow(...values.map(build));
        for (const { frame } of found) {
          expect(frame).toBeGreaterThanOrEqual(1);
          expect(frame).toBeLessThanOrEqual(values.length);
        }
        expect(view.clientToServer.informationFrames).toBeLessThanOrEqual(values.length);
      }),
      { numRuns: 300 },
    );
  });

  it("may have frames that are cut off anywhere", () => {
    const whole = client.i(0, 0);
    for (let length = 0; length < whole.bytes.length; length++) {
      const bytes = whole.bytes.slice(0, length);
      const link = new HdlcLink();
      const sink = { report: () => undefined, amend: () => undefined };
      const frame = observe(whole, 1);
      const cut = { ...frame, bytes, link: dissectBytes(bytes, readHdlc).dissection.link };
      expect(() => link.observe(cut, sink)).not.toThrow();
    }
  });
});
