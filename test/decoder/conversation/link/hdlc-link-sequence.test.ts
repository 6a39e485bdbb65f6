/** N(S), N(R), windows, busy stations and segments (IEC 62056-46, 6.4.4). */
import { describe, expect, it } from "vitest";
import {
  client,
  connected,
  damaged,
  follow,
  information,
  parameters,
  server,
} from "./hdlc-link-trace.js";

/** A link with windows of 4 in both directions: frames 1 and 2. */
const windowOfFour = [
  client.snrm(parameters(128, 128, 4, 4)),
  server.ua(parameters(128, 128, 4, 4)),
];
const middle = { final: false };

describe("a gap in N(S)", () => {
  it("is a loss where N(R) asks for the missing frame", () => {
    // The server sends 0, 2 and 3, the client expects 1 next.
    const { found } = follow(
      ...windowOfFour,
      client.i(0, 0),
      server.i(0, 1, middle),
      server.i(2, 1, middle),
      server.i(3, 1),
      client.rr(1),
      server.i(1, 1, middle),
      server.i(2, 1, middle),
      server.i(3, 1),
      client.rr(4),
    );
    expect(found.map(({ frame, code, detail }) => [frame, code, detail])).toEqual([
      [5, "link.sequence-gap", "N(S) 1 of the server"],
      [7, "link.not-arrived", "N(S) 1, 2 and 3 of the server"],
      [8, "link.retransmission", "N(S) 1; the first one is not in the capture"],
      [9, "link.retransmission", "N(S) 2 of frame 5"],
      [10, "link.retransmission", "N(S) 3 of frame 6"],
    ]);
  });

  it("is one of the recording where N(R) acknowledges the missing frame", () => {
    const { found } = follow(
      ...windowOfFour,
      client.i(0, 0),
      server.i(0, 1, middle),
      server.i(2, 1),
      client.rr(3),
    );
    expect(found).toEqual([
      { frame: 5, code: "link.not-captured", severity: "note", detail: "N(S) 1 of the server" },
    ]);
  });

  it("is told of the client, too, and around the end of the numbers", () => {
    // After 6 comes 1: 7 and 0 are missing. The server expects 7.
    const { found } = follow(client.i(6, 0), server.i(0, 7), client.i(1, 1), server.rr(7));
    expect(found[0]).toEqual({
      frame: 3,
      code: "link.sequence-gap",
      severity: "warning",
      detail: "N(S) 7 and 0 of the client",
    });
  });

  it("that nothing explains until the capture ends is a loss", () => {
    const { codes } = follow(...windowOfFour, server.i(0, 0, middle), server.i(2, 0));
    expect(codes).toContain("4 link.sequence-gap");
  });

  it("is no loss where whole exchanges are missing in the capture", () => {
    const { codes } = follow(
      ...connected,
      client.i(0, 0),
      server.i(0, 1),
      // Client 1 and 2, server 1 and 2 were not captured.
      client.i(3, 3),
      server.i(3, 4),
      client.i(4, 4),
      server.i(4, 5),
    );
    expect(codes).toEqual(["5 link.not-captured", "6 link.not-captured"]);
  });

  it("is no second fault where a damaged frame stands in it", () => {
    const steps = [client.i(0, 0), server.i(0, 1, middle)];
    const { codes } = follow(
      ...windowOfFour,
      ...steps,
      damaged(server.i(1, 1, middle)),
      server.i(2, 1),
    );
    expect(codes).toEqual([]);
    const arrived = follow(...connected, damaged(client.i(0, 0)), server.i(0, 1), client.i(1, 1));
    expect(arrived.codes).toEqual(["5 link.not-captured"]);
  });
});

describe("an information frame that is sent again", () => {
  it("is a retransmission, with the time since the first", () => {
    const { found, view } = follow(
      ...connected,
      client.i(0, 0, { at: 10 }),
      client.i(0, 0, { at: 15.5 }),
      server.i(0, 1, { at: 16 }),
    );
    expect(found).toEqual([
      {
        frame: 4,
        code: "link.retransmission",
        severity: "note",
        detail: "N(S) 0 of frame 3, after 5.5 s",
      },
    ]);
    expect(view.clientToServer).toMatchObject({ informationFrames: 2, retransmissions: 1 });
  });

  it("is one after an answer, too, whose loss it shows", () => {
    const { codes } = follow(
      ...connected,
      client.i(0, 0),
      server.i(0, 1),
      client.i(0, 0),
      server.i(0, 1),
      client.i(1, 1),
    );
    expect(codes).toEqual(["5 link.retransmission", "6 link.retransmission"]);
  });

  it("with other contents is a fault", () => {
    const changed = client.i(0, 1, { information: "e6e600c002" });
    const { found } = follow(...connected, client.i(0, 0), server.i(0, 1), changed);
    expect(found).toMatchObject([
      { frame: 5, code: "link.retransmission-changed", severity: "warning" },
    ]);
    const counted = client.i(1, 1, { information: "e6e600c002" });
    expect(follow(...connected, client.i(0, 0), server.i(0, 1), counted).codes).toEqual([]);
  });

  it("is none among pushes whose sender never counts, nor among UI frames", () => {
    // As meters push without a link: the client 0, no station.
    const nobody = { destination: "01" };
    const pushes = [
      server.i(0, 0, { information: "e6e7000f01", ...nobody }),
      server.i(0, 0, { information: "e6e7000f02", ...nobody }),
    ];
    expect(follow(...pushes, ...pushes).codes).toEqual([]);
    const toClient = [
      server.i(0, 0, { information: "e6e7000f01" }),
      server.i(0, 0, { information: "e6e7000f02" }),
    ];
    expect(follow(...toClient).codes).toEqual([]);
    expect(follow(...connected, server.ui(), server.ui()).codes).toEqual([]);
  });
});

describe("N(R)", () => {
  it("ahead of what is sent next acknowledges what was never sent", () => {
    const { found } = follow(...connected, client.i(0, 0), server.i(0, 3), client.i(1, 1));
    expect(found).toEqual([
      {
        frame: 4,
        code: "link.acknowledges-unsent",
        severity: "warning",
        detail: "the last one of the client is N(S) 0",
      },
    ]);
  });

  it("ahead of the capture only shows what was not captured", () => {
    const { codes } = follow(...connected, client.i(0, 0), server.i(0, 2), client.i(2, 1));
    expect(codes).toEqual(["5 link.not-captured"]);
    const last = follow(...connected, client.i(0, 0), server.i(0, 2), client.disc(), server.ua());
    expect(last.codes).toEqual(["4 link.not-captured"]);
  });

  it("that FRMR calls not valid was so", () => {
    // Rejected: I, N(S) 0, N(R) 2, P (0x50); reason Z (0x08).
    const { codes } = follow(...connected, client.i(0, 2), server.frmr({ information: "500008" }));
    expect(codes).toEqual(["4 link.frame-rejected", "3 link.acknowledges-unsent"]);
  });

  it("that counts RR frames is told once", () => {
    // Seen in the corpus's matousp captures: N(R) goes up with every RR of the client.
    const segment = { segmented: true, information: "e6e700c402" };
    const next = { segmented: true, information: "0102" };
    const { found } = follow(
      ...connected,
      client.i(0, 0),
      server.i(0, 1, segment),
      client.rr(1),
      server.i(1, 2, next),
      client.rr(2),
      server.i(2, 3, { information: "0304" }),
      client.i(1, 3),
      server.i(3, 2),
      client.i(2, 4),
    );
    expect(found).toMatchObject([{ frame: 6, code: "link.counts-polls", severity: "note" }]);
  });

  it("behind the frames that were sent shows that they did not arrive", () => {
    const { found } = follow(...connected, client.i(0, 0), server.i(0, 1), client.rr(0));
    expect(found).toEqual([
      { frame: 5, code: "link.not-arrived", severity: "warning", detail: "N(S) 0 of the server" },
    ]);
    expect(follow(...connected, client.i(0, 0), server.i(0, 1), client.rr(1)).codes).toEqual([]);
  });

  it("of a frame that is an exact repetition tells nothing", () => {
    // The client was too impatient: the server answers both, the second answer comes late.
    const { codes } = follow(
      ...connected,
      client.i(0, 0),
      client.i(0, 0),
      server.i(0, 1),
      client.i(1, 1),
      server.i(0, 1),
      server.i(1, 2),
    );
    expect(codes).toEqual(["4 link.retransmission", "7 link.retransmission"]);
  });

  it("that does not fit the first numbers of a capture is let be", () => {
    expect(follow(client.i(4, 4), server.i(4, 7), client.i(5, 5)).codes).toEqual([]);
  });
});

describe("the window", () => {
  it("is exceeded by more frames than UA has settled", () => {
    const train = (count: number) =>
      Array.from({ length: count }, (_, n) => server.i(n, 1, { final: n === count - 1 }));
    expect(follow(...windowOfFour, client.i(0, 0), ...train(4)).codes).toEqual([]);
    const { found } = follow(...windowOfFour, client.i(0, 0), ...train(6));
    expect(found).toEqual([
      {
        frame: 8,
        code: "link.window-exceeded",
        severity: "warning",
        detail: "5 under way, window 4",
      },
    ]);
  });

  it("is 1 where nothing was negotiated, and not judged where that was not captured", () => {
    const two = [client.i(0, 0), server.i(0, 1, middle), server.i(1, 1)];
    expect(follow(...connected, ...two).codes).toEqual(["5 link.window-exceeded"]);
    expect(follow(...two).codes).toEqual([]);
  });
});

describe("a busy station", () => {
  it("says so by RNR until RR ends it", () => {
    const { found, view } = follow(
      ...connected,
      client.i(0, 0),
      server.rnr(1),
      client.rr(0),
      server.rr(1),
      client.i(1, 0),
      server.i(0, 2),
    );
    expect(found).toMatchObject([{ frame: 4, code: "link.busy", severity: "info" }]);
    expect(view.serverToClient.receiveNotReady).toBe(1);
  });

  it("must not be sent information frames", () => {
    const { found } = follow(...connected, client.i(0, 0), server.rnr(1), client.i(1, 0));
    expect(found.slice(1)).toEqual([
      { frame: 5, code: "link.sent-to-busy", severity: "warning", detail: "RNR of frame 4" },
    ]);
  });
});

describe("segments", () => {
  const first = { segmented: true, information: "e6e700c4020100" };

  it("that go on are nothing to tell", () => {
    const { codes } = follow(
      ...connected,
      client.i(0, 0),
      server.i(0, 1, first),
      client.rr(1),
      server.i(1, 1, { information: "aabb" }),
      client.i(1, 2),
      server.i(2, 2),
    );
    expect(codes).toEqual([]);
  });

  it("that a new message follows are unfinished", () => {
    const { found } = follow(
      ...connected,
      client.i(0, 0),
      server.i(0, 1, first),
      client.i(1, 1),
      server.i(1, 2, { information: information(10, "e6e700") }),
    );
    expect(found).toEqual([
      {
        frame: 6,
        code: "link.segmentation-unfinished",
        severity: "warning",
        detail: "frame 4 says that another one follows",
      },
    ]);
  });

  it("are not judged where one is sent again, missing or damaged", () => {
    const begun = [...connected, client.i(0, 0), server.i(0, 1, first)];
    expect(follow(...begun, client.i(0, 0), server.i(0, 1, first)).codes).not.toContain(
      "6 link.segmentation-unfinished",
    );
    expect(follow(...begun, client.i(1, 2), server.i(2, 2)).codes).not.toContain(
      "6 link.segmentation-unfinished",
    );
    const pushes = [server.ui(first), damaged(server.ui({ information: "aabb" })), server.ui()];
    expect(follow(...pushes).codes).toEqual([]);
    expect(follow(server.ui(first), server.ui()).codes).toEqual(["2 link.segmentation-unfinished"]);
  });
});
