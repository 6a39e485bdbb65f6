import { describe, expect, it } from "vitest";
import { filesOfArguments } from "../../electron/open-paths.js";

describe("the files of a command line", () => {
  it("are what is no switch, from the folder of the call", () => {
    const argv = ["/opt/obiscope", "--no-sandbox", "a.pcap", "/tmp/b.pcapng", "-x", ""];
    expect(filesOfArguments(argv, "/home/user", false)).toEqual([
      "/home/user/a.pcap",
      "/tmp/b.pcapng",
    ]);
  });

  it("are not the application itself where the runtime was given it", () => {
    expect(filesOfArguments(["electron", ".", "a.pcap"], "/w", true)).toEqual(["/w/a.pcap"]);
    expect(filesOfArguments(["electron", "--inspect", ".", "b"], "/w", true)).toEqual(["/w/b"]);
  });
});
