/** What keys that are added have opened, on captures with published keys. */
import { afterEach, describe, expect, it } from "vitest";
import type { Engine } from "../../../analyzer/engine.js";
import { corpusIsHere, readItems, readMessages } from "../../corpus/corpus.js";
import { writeLog } from "../session-log.js";
import { startOn, TestClient, TestHost } from "./engine-client.js";

const hosts: TestHost[] = [];
const engines: Engine[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  for (const host of hosts.splice(0)) host.folder.remove();
});

const items = readItems();

/** A session with a real meter, 4d454c6470b71b11: six ciphered APDUs, authenticated and encrypted. */
const session = items.find(({ id }) => id === "milanbella-gocosem-hdlc-0001");
/** One push of an AM550 that names itself, 49534b69745cf6c9, enciphered without a tag. */
const push = items.find(({ id }) => id === "forum-shrdzm-am550-hdlc-0001");

/** An engine in which a session is open. */
async function openSession(item = session) {
  if (item === undefined) throw new Error("The session is not in the corpus.");
  const host = new TestHost();
  hosts.push(host);
  const engine = await startOn(host);
  engines.push(engine);
  const client = new TestClient(engine);
  const lines = readMessages(item).map(
    ({ dir, bytes }, place) =>
      [place * 100, dir === "C" ? "client" : "server", Buffer.from(bytes)] as const,
  );
  const document = await client.open(host.folder.write("session.txt", writeLog(lines)));
  const add = async (set: Readonly<Record<string, string>>) =>
    client.ask("add-keys", { text: JSON.stringify({ keySets: [set] }) });
  return { client, document, add };
}

const encryption = "000102030405060708090a0b0c0d0e0f";
const authentication = "d0d1d2d3d4d5d6d7d8d9dadbdcdddedf";
const published = {
  systemTitle: "4d454c6470b71b11",
  globalUnicastEncryptionKey: encryption,
  authenticationKey: authentication,
};

describe.runIf(corpusIsHere)("keys that are added", () => {
  it("open what is theirs, and say how many", async () => {
    const { add, document, client } = await openSession();
    expect(document.ciphered).toEqual({ opened: 0, noKey: 6, failed: 0 });
    // The corpus says the same of it: `verified.decrypted` and `verified.tag_ok`.
    expect(session?.verified).toMatchObject({ decrypted: 6, tag_ok: 6 });
    const { added, effect } = await add(published);
    expect(added).toBe(1);
    expect(effect).toMatchObject({ ciphered: 6, opened: 6, closed: 0, noKey: 0, failed: 0 });
    // Once more they change nothing.
    const again = await add(published);
    expect(again).toMatchObject({ added: 0, effect: { ciphered: 0, reread: 0, opened: 0 } });
    // In a file without them they are taken away.
    const { effect: without } = await client.ask("replace-keys", { text: '{"keySets":[]}' });
    expect(without).toMatchObject({ opened: 0, closed: 6, noKey: 6 });
  });

  it("whose tags do not match open nothing, and are known to be refused", async () => {
    const { add } = await openSession();
    const wrong = authentication.replaceAll("d", "e");
    const { effect } = await add({ ...published, authenticationKey: wrong });
    expect(effect).toMatchObject({ opened: 0, refused: 6, noKey: 0, failed: 6 });
    // The right ones beside them open all.
    const { effect: right } = await add(published);
    expect(right).toMatchObject({ opened: 6, refused: 0, failed: 0 });
  });

  it("of another meter than the one that names itself are not tried", async () => {
    const { add } = await openSession(push);
    const key = { globalUnicastEncryptionKey: "62f9445b069ba866068b8036f2612030" };
    const { effect } = await add({ ...key, systemTitle: "49534b69745cf6ca" });
    expect(effect).toMatchObject({ ciphered: 1, reread: 0, opened: 0, noKey: 1 });
    const { effect: right } = await add({ ...key, systemTitle: "49534b69745cf6c9" });
    expect(right).toMatchObject({ ciphered: 1, reread: 1, opened: 1, noKey: 0 });
  });

  it("that give nothing that reads as an APDU open nothing", async () => {
    const { add } = await openSession(push);
    const { effect } = await add({ globalUnicastEncryptionKey: encryption });
    expect(effect).toMatchObject({ ciphered: 1, reread: 1, opened: 0, noKey: 1 });
  });

  it("that verify tags afterwards are told apart from those that open", async () => {
    const { add } = await openSession();
    const { systemTitle, globalUnicastEncryptionKey } = published;
    const { effect } = await add({ systemTitle, globalUnicastEncryptionKey });
    expect(effect).toMatchObject({ opened: 6, authenticated: 0 });
    const { effect: verified } = await add(published);
    expect(verified).toMatchObject({ opened: 0, authenticated: 6 });
  });

  it("are asked for nothing where nothing is open", async () => {
    const { add, client, document } = await openSession();
    await client.ask("close", { document: document.id });
    const { added, effect } = await add(published);
    expect(added).toBe(1);
    expect(effect).toMatchObject({ ciphered: 0, opened: 0 });
  });
});
