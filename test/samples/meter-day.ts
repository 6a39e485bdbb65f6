/**
 * A head-end reads a meter, and the meter pushes: the capture that shows what the application can
 * do. Three faults are planted: a damaged answer, a value of the wrong type, a counter that goes back.
 */
import { toHex } from "../../decoder/core/bytes.js";
import { concat } from "../captures/pcap-builder.js";
import {
  aare,
  aarq,
  initiateRequest,
  initiateResponse,
  rlre,
  rlrq,
} from "../decoder/conversation/association/association-frames.js";
import { hex, octetString } from "../decoder/security/cipher-builder.js";
import { exampleSecurity } from "./ciphered-association.js";
import {
  dateTime,
  doubleLongUnsigned,
  enumerated,
  long,
  longUnsigned,
  octets,
} from "./cosem-data.js";
import {
  captureObjects,
  capturePeriod,
  dayBegin,
  energyUnit,
  obis,
  objectList,
  profileBuffer,
  profileRange,
  pushBody,
  pushObjectList,
  quartersOfDay,
  registersAt,
} from "./meter-day-objects.js";
import {
  attribute,
  descriptor,
  getRequest,
  getResponse,
  lastCounters,
  MeterDaySession,
  managementClient,
  publicClient,
} from "./meter-day-session.js";

/** Friday, 2026-01-16, 07:00:00 at the meter. */
const start = Date.UTC(2026, 0, 16, 6) / 1000;
/** Seconds that the meter's clock is behind when it is read first. */
const clockBehind = 7;

/** General protection, blocks, lists, GET, SET, selective access, ACTION, pushes, priority. */
const conformance = "40529d";
/** What the public client needs: GET, blocks, priority. */
const publicConformance = "005010";
/** 512 bytes. */
const longestApdu = "0200";

/** The capture. */
export function makeMeterDay(): Uint8Array {
  const session = new MeterDaySession(start);
  session.connect("The head-end opens a TCP connection to port 4059 of a meter, the port of DLMS.");
  readCounter(session);
  associate(session);
  readMeter(session);
  readProfile(session);
  setDemandPeriod(session);
  setClock(session);
  session.exchange(managementClient, hex(rlrq), hex(rlre), {
    asked: "All is read: the head-end releases the association.",
  });
  session.close();
  pushThreeTimes(session);
  return session.pcapng(
    "A morning of one meter: a head-end reads it, then the meter pushes. Made up for Obiscope, with three planted faults and with the keys of the standard's examples.",
  );
}

/** Without a key, the public client may read the counter that a client needs to cipher. */
function readCounter(session: MeterDaySession): void {
  const proposal = initiateRequest(publicConformance, longestApdu);
  session.exchange(
    publicClient,
    aarq({ initiate: proposal }),
    aare({
      initiate: initiateResponse(publicConformance, longestApdu),
    }),
    {
      asked:
        "The public client (wrapper port 16) associates without a password. What it may read is little, and in clear.",
    },
  );
  const read = (name: string, value: Uint8Array, asked?: string) => {
    const id = session.nextInvocation();
    const request = getRequest(id, attribute(1, name, 2));
    session.exchange(
      publicClient,
      request,
      getResponse(id, value),
      asked === undefined ? {} : { asked },
    );
  };
  read(obis.deviceName, octets(new TextEncoder().encode("MMM0000012345678")));
  read(
    obis.invocationCounter,
    doubleLongUnsigned(lastCounters.client),
    "Before it can cipher, a client must know which invocation counter the meter has seen last: the next one has to be higher.",
  );
  session.exchange(publicClient, hex(rlrq), hex(rlre));
}

/** High level security with GMAC. */
function associate(session: MeterDaySession): void {
  const { parties } = session;
  const { titles, challenges, dedicatedKey } = exampleSecurity;
  const proposal = hex(`010110${toHex(dedicatedKey)}0000065f1f0400${conformance}${longestApdu}`);
  const grant = hex(initiateResponse(conformance, longestApdu));
  const ciphered = { context: 3, mechanism: 5 };
  const request = aarq({
    ...ciphered,
    title: titles.client,
    challenge: toHex(challenges.client),
    initiate: toHex(parties.initiate("client", proposal)),
  });
  const answer = aare({
    ...ciphered,
    title: titles.server,
    challenge: toHex(challenges.server),
    // authentication-required
    diagnostic: 14,
    initiate: toHex(parties.initiate("server", grant)),
  });
  session.exchange(managementClient, request, answer, {
    asked:
      "The management client (wrapper port 1) asks for an association with ciphering and sends a challenge. The key of this association is inside, ciphered itself.",
    answered:
      "The meter answers with a challenge of its own: both have to prove that they know the keys.",
  });
  const id = session.nextInvocation();
  const pass3 = concat(
    hex("c301"),
    id,
    descriptor(15, obis.association, 1),
    hex("01"),
    octets(parties.proof("client")),
  );
  const pass4 = concat(hex("c701"), id, hex("00 01 00"), octets(parties.proof("server")));
  session.service(pass3, pass4, {
    asked:
      "The proof of the head-end, then that of the meter. From here on the association is open.",
  });
}

function readMeter(session: MeterDaySession): void {
  session.getInBlocks(attribute(15, obis.association, 2), objectList, {
    asked: "Which objects does the meter have, and what may this client do with them?",
  });
  session.get(attribute(8, obis.clock, 2), octets(dateTime(session.now - clockBehind)), {
    answered: `The meter's clock is ${clockBehind} seconds behind that of the head-end.`,
  });
  readImportedEnergy(session);
  const id = session.nextInvocation();
  const exported = [2, 3].map((index) => attribute(3, obis.exported, index));
  const { exported: value } = registersAt(session.now);
  session.service(
    concat(hex("c003"), id, hex("02"), ...exported),
    concat(hex("c403"), id, hex("02"), hex("00"), doubleLongUnsigned(value), hex("00"), energyUnit),
    { asked: "Two attributes in one request: value, and scaler and unit." },
  );
  session.get(attribute(70, obis.disconnector, 3), enumerated(1));
}

/** The first planted fault: the answer arrives with a byte changed, and is asked for again. */
function readImportedEnergy(session: MeterDaySession): void {
  session.get(attribute(3, obis.imported, 3), energyUnit);
  const id = session.nextInvocation();
  const request = getRequest(id, attribute(3, obis.imported, 2));
  const response = getResponse(id, doubleLongUnsigned(registersAt(session.now).imported));
  session.damagedService(request, response, {
    answered:
      "Planted fault 1: a concentrator between meter and head-end has changed one byte of this answer. TCP did not notice; the authentication tag does.",
  });
  session.service(request, response, {
    asked: "The head-end asks again, with the next invocation counter.",
  });
}

/** The day before, quarter by quarter. */
function readProfile(session: MeterDaySession): void {
  session.get(attribute(7, obis.profile, 3), captureObjects, {
    asked: "The load profile: first its columns, then how often it is captured.",
  });
  session.get(attribute(7, obis.profile, 4), doubleLongUnsigned(capturePeriod));
  const selection = {
    selector: 1,
    parameters: profileRange(dayBegin, dayBegin + quartersOfDay * capturePeriod),
  };
  session.getInBlocks(attribute(7, obis.profile, 2, selection), profileBuffer(), {
    asked:
      "Now its rows: the whole of yesterday. They do not fit in one answer and come in blocks.",
    answered: "The first block takes long: the meter has to look through its memory.",
    after: 1840,
  });
}

/** The second planted fault: the period is sent in two bytes, and takes four. */
function setDemandPeriod(session: MeterDaySession): void {
  const period = attribute(5, obis.demand, 8);
  session.get(period, doubleLongUnsigned(1800));
  const set = (value: Uint8Array, result: number, words: Parameters<typeof session.service>[2]) => {
    const id = session.nextInvocation();
    const request = concat(hex("c101"), id, period, value);
    session.service(request, concat(hex("c501"), id, Uint8Array.of(result)), words);
  };
  const typeUnmatched = 12;
  set(longUnsigned(900), typeUnmatched, {
    asked:
      "Planted fault 2: the head-end writes the demand period, 900 s, as long-unsigned. The standard has double-long-unsigned here.",
    answered: "So the meter refuses it.",
  });
  set(doubleLongUnsigned(900), 0, { asked: "The same number in the right type is taken." });
}

/** The clock is shifted by what it is behind. */
function setClock(session: MeterDaySession): void {
  session.get(attribute(40, obis.pushSetup, 2), pushObjectList, {
    asked: "What will the meter push by itself?",
  });
  const id = session.nextInvocation();
  const shift = concat(hex("c301"), id, descriptor(8, obis.clock, 6), hex("01"), long(clockBehind));
  session.service(shift, concat(hex("c701"), id, hex("00 00")), {
    asked: `A method is invoked: shift_time sets the clock forward by ${clockBehind} seconds.`,
  });
  session.get(attribute(8, obis.clock, 2), octets(dateTime(session.now)));
}

/** The third planted fault: after a loss of power the meter's counter begins where it was saved. */
function pushThreeTimes(session: MeterDaySession): void {
  const push = (number: number, comment?: string) => {
    const time = start + number * capturePeriod;
    session.waitUntil(number * capturePeriod);
    const head = concat(hex("0f"), Uint8Array.of(0, 0, 0, number), octetString(dateTime(time)));
    session.push(session.parties.push(concat(head, pushBody(time))), comment);
  };
  push(
    1,
    "A push: at every quarter of an hour the meter sends its registers in a UDP datagram, ciphered with its global key.",
  );
  push(2);
  session.parties.global.server = lastCounters.server - 11;
  push(
    3,
    "Planted fault 3: the meter was without power, and its invocation counter goes back to where it was saved. The head-end will refuse this push, as it would a recorded one.",
  );
}

/** The keys of the meter: published in the standard's examples, no secrets. */
export const meterDayKeys = `${JSON.stringify(
  {
    keySets: [
      {
        name: "sample meter",
        systemTitle: toHex(exampleSecurity.titles.server),
        globalUnicastEncryptionKey: toHex(exampleSecurity.globalKey),
        authenticationKey: toHex(exampleSecurity.authenticationKey),
      },
    ],
  },
  null,
  2,
)}\n`;
