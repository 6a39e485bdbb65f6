/** Connecting, disconnecting, and what SNRM and UA settle (IEC 62056-46, 6.4.4). */
import { describe, expect, it } from "vitest";
import {
  client,
  connected,
  damaged,
  follow,
  information,
  parameters,
  published,
  server,
} from "./hdlc-link-trace.js";

describe("a healthy session", () => {
  it("connects, exchanges and disconnects without a word", () => {
    const { found, view } = follow(
      client.disc(),
      server.ua(),
      client.snrm(parameters(128, 128)),
      server.ua(parameters(128, 128)),
      client.i(0, 0),
      server.i(0, 1),
      client.i(1, 1),
      server.i(1, 2),
      client.disc(),
      server.ua(),
    );
    expect(found).toEqual([]);
    expect(view).toMatchObject({
      state: "disconnected",
      clientToServer: { informationFrames: 2, retransmissions: 0 },
      settledBy: { snrm: 3, ua: 4 },
    });
  });

  it("goes through all numbers modulo 8", () => {
    const steps = Array.from({ length: 20 }, (_, n) => [
      client.i(n % 8, n % 8),
      server.i(n % 8, (n + 1) % 8),
    ]).flat();
    expect(follow(...connected, ...steps).found).toEqual([]);
  });

  it("may begin and end in the middle of everything", () => {
    const { found, view } = follow(server.i(4, 6), client.i(6, 5), server.i(5, 7));
    expect(found).toEqual([]);
    expect(view.state).toBe("connected");
  });

  it("is read from published bytes: SNRM and UA of the corpus's Elster load survey", () => {
    // SNRM proposes 2048 bytes and windows of 7, UA settles 1024 bytes (0x0400) and windows of 1.
    const { found, view } = follow(
      published(null, "7ea02003419328bc8180140502080006020800070400000007080400000007b3c67e"),
      published(null, "7ea0204103733e9d818014050204000602040007040000000108040000000172e37e"),
    );
    expect(found).toEqual([]);
    const limits = { maximumInformationFieldLength: 0x400, windowSize: 1 };
    expect(view).toMatchObject({
      state: "connected",
      clientToServer: limits,
      serverToClient: limits,
      settledBy: { snrm: 1, ua: 2 },
    });
  });
});

describe("parameters", () => {
  it("hold by direction: what the server transmits and receives", () => {
    const { view } = follow(
      client.snrm(parameters(500, 900, 3, 5)),
      server.ua(parameters(800, 400, 4, 2)),
    );
    expect(view.clientToServer).toMatchObject({
      maximumInformationFieldLength: 400,
      windowSize: 2,
    });
    expect(view.serverToClient).toMatchObject({
      maximumInformationFieldLength: 800,
      windowSize: 4,
    });
  });

  it("beyond the proposal are not honoured by the server", () => {
    const { found } = follow(
      client.snrm(parameters(500, 300, 1, 1)),
      server.ua(parameters(400, 500, 1, 2)),
    );
    expect(found).toEqual([
      {
        frame: 2,
        code: "link.parameters-exceed-proposal",
        severity: "warning",
        detail:
          "information field from server to client 400, proposed 300; window from client to server 2, proposed 1",
      },
    ]);
  });

  it("up to the proposal are none", () => {
    const answered = follow(client.snrm(parameters(500, 300)), server.ua(parameters(300, 500)));
    expect(answered.found).toEqual([]);
  });

  it("above the defaults without a proposal are worth a note", () => {
    const { codes } = follow(client.snrm(), server.ua(parameters(239, 239)));
    expect(codes).toEqual(["2 link.parameters-above-default"]);
    expect(follow(client.snrm(), server.ua(parameters(128, 98))).codes).toEqual([]);
  });

  it("that UA leaves out are the defaults", () => {
    const { codes, view } = follow(client.snrm(parameters(1024, 1024)), server.ua());
    expect(codes).toEqual(["2 link.proposal-unanswered"]);
    expect(view.serverToClient.maximumInformationFieldLength).toBe(128);
    expect(follow(client.snrm(parameters(128, 128)), server.ua()).codes).toEqual([]);
  });

  it("limit information fields by direction", () => {
    const settled = [client.snrm(parameters(200, 150)), server.ua(parameters(150, 200))];
    const fits = [
      client.i(0, 0, { information: information(200) }),
      server.i(0, 1, { information: information(150, "e6e700") }),
    ];
    expect(follow(...settled, ...fits).codes).toEqual([]);
    const { found } = follow(
      ...settled,
      client.i(0, 0, { information: information(201) }),
      server.i(0, 1, { information: information(151, "e6e700") }),
    );
    expect(found.map(({ frame, code, detail }) => [frame, code, detail])).toEqual([
      [3, "link.information-too-long", "201 bytes, but 200 since UA of frame 2"],
      [4, "link.information-too-long", "151 bytes, but 150 since UA of frame 2"],
    ]);
  });

  it("limit them to 128 bytes where SNRM and UA have none", () => {
    const long = client.i(0, 0, { information: information(129) });
    expect(follow(...connected, long).codes).toEqual(["3 link.information-too-long"]);
    const longest = client.i(0, 0, { information: information(128) });
    expect(follow(...connected, longest).codes).toEqual([]);
    // What the capture does not show is not judged.
    expect(follow(long).codes).toEqual([]);
    expect(follow(client.snrm(), long).codes).toEqual([]);
  });
});

describe("the state of the link", () => {
  it("begins anew by SNRM on a connected link", () => {
    const { codes } = follow(...connected, client.i(0, 0), server.i(0, 1), ...connected);
    expect(codes).toEqual(["5 link.restart"]);
    expect(follow(...connected, client.disc(), server.ua(), ...connected).codes).toEqual([]);
  });

  it("does not take information frames after DISC and UA", () => {
    const closed = [...connected, client.disc(), server.ua()];
    expect(follow(...closed, client.i(0, 0), server.i(0, 1)).codes).toEqual([
      "5 link.not-connected",
    ]);
    expect(follow(...closed, ...connected, client.i(0, 0)).codes).toEqual([]);
    // The damaged frame may have been SNRM.
    expect(follow(...closed, damaged(client.snrm()), client.i(0, 0)).codes).toEqual([]);
    expect(follow(...connected, client.disc(), client.i(0, 0)).codes).not.toContain(
      "4 link.not-connected",
    );
  });

  it("is told by DM, by what it answers", () => {
    expect(follow(client.disc(), server.dm()).found).toMatchObject([
      { code: "link.disconnected-mode", severity: "info" },
    ]);
    expect(follow(client.snrm(), server.dm()).found).toMatchObject([
      { code: "link.connection-refused", severity: "warning" },
    ]);
    const lost = follow(...connected, client.i(0, 0), server.dm());
    expect(lost.found).toMatchObject([{ frame: 4, code: "link.link-lost", severity: "warning" }]);
    expect(lost.view.state).toBe("disconnected");
    expect(
      follow(...connected, client.disc(), server.ua(), client.disc(), server.dm()).codes,
    ).toEqual(["6 link.disconnected-mode"]);
  });

  it("ends by FRMR, whose reasons are told in words", () => {
    // Rejected: I, N(S) 2, N(R) 5, P (0xb4); V(S) 1, V(R) 2 (0x42); reasons Z and Y (0x0c).
    const { found, view } = follow(
      ...connected,
      client.i(0, 0),
      server.frmr({ information: "b4420c" }),
    );
    expect(found).toEqual([
      {
        frame: 4,
        code: "link.frame-rejected",
        severity: "error",
        detail: "I N(S) 2 N(R) 5; its information field is too long and its N(R) is not valid",
      },
    ]);
    expect(view.state).toBe("unknown");
    const none = follow(...connected, client.i(0, 0), server.frmr({ information: "b44200" }));
    expect(none.found[0]?.detail).toBe("I N(S) 2 N(R) 5; no reason is given");
  });

  it("is in doubt after a silence of more than 120 s", () => {
    const steps = (at: number) => [
      client.snrm({ at: 0 }),
      server.ua({ at: 1 }),
      client.i(0, 0, { at }),
    ];
    expect(follow(...steps(122)).found).toMatchObject([
      { frame: 3, code: "link.inactivity", severity: "note", detail: "121 s" },
    ]);
    expect(follow(...steps(121)).found).toEqual([]);
  });

  it("need not be ended before SNRM after such a silence", () => {
    const later = [client.snrm({ at: 500 }), server.ua({ at: 501 })];
    expect(follow(client.snrm({ at: 0 }), server.ua({ at: 1 }), ...later).codes).toEqual([]);
  });
});
