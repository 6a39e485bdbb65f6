/** What Wireshark is told of the interfaces that `obiscope extcap` offers (its manual page extcap(4)). */

import { LINKTYPE_RTAC_SERIAL } from "../captures/live/rtac-serial.js";
import { describeSerialPort, listSerialPorts } from "../captures/live/serial-ports.js";
import { LINKTYPE_RAW } from "../captures/live/socket-packets.js";
import type { TapSettings } from "../captures/live/tap-settings.js";
import type { tapOptions } from "./tap-options.js";

type Argument = {
  /** The option of `obiscope sniff` that it stands for. */
  readonly option: keyof typeof tapOptions;
  readonly display: string;
  readonly tooltip: string;
  readonly isRequired?: boolean;
  /** What may be chosen; null: the serial ports that are there. Missing: any text. */
  readonly choices?: readonly Choice[] | null;
};

interface Choice {
  readonly value: string;
  readonly display: string;
  readonly isDefault?: boolean;
}

/** An interface of Wireshark's. */
export interface ExtcapInterface {
  readonly kind: TapSettings["kind"];
  readonly name: string;
  readonly display: string;
  readonly linkType: number;
  readonly linkName: string;
  readonly arguments: readonly Argument[];
}

/** A choice of `--preset` that stands for `--auto`. */
export const automaticPreset = "auto";

const presets: readonly Choice[] = [
  { value: "hdlc", display: "HDLC, 9600 8N1", isDefault: true },
  { value: "optical", display: "Optical head, 300 7E1, mode E followed" },
  { value: "han", display: "HAN port (M-Bus), 2400 8E1" },
  { value: "mbus", display: "M-Bus, 2400 8E1" },
  { value: "p1", display: "P1, 115200 8N1" },
  { value: automaticPreset, display: "Find out by trying" },
];

const raw = { linkType: LINKTYPE_RAW, linkName: "RAW" };

/** The interfaces, each a kind of tap. */
export const extcapInterfaces: readonly ExtcapInterface[] = [
  {
    kind: "serial",
    name: "obiscope-serial",
    display: "Serial line of a meter",
    linkType: LINKTYPE_RTAC_SERIAL,
    linkName: "RTAC_SERIAL",
    arguments: [
      {
        option: "serial",
        display: "Port",
        tooltip: "The serial port; the client's side where there are two",
        isRequired: true,
        choices: null,
      },
      {
        option: "serial-answers",
        display: "Port of the answers",
        tooltip: "A second port on which the meter is heard; leave it empty where there is none",
      },
      {
        option: "preset",
        display: "Line",
        tooltip: "What the line is set to",
        choices: presets,
      },
      {
        option: "baud",
        display: "Speed",
        tooltip: "300 to 921600; empty: as the line says",
      },
      {
        option: "line",
        display: "Character format",
        tooltip: "Data bits, parity, stop bits, such as 8N1 or 7E1; empty: as the line says",
      },
    ],
  },
  {
    kind: "tcp",
    name: "obiscope-tcp",
    display: "TCP connection to a serial device server",
    ...raw,
    arguments: [
      {
        option: "tcp",
        display: "Address",
        tooltip: "HOST:PORT to connect to",
        isRequired: true,
      },
    ],
  },
  {
    kind: "listen",
    name: "obiscope-listen",
    display: "TCP connections of meters that push",
    ...raw,
    arguments: [
      {
        option: "listen",
        display: "Port",
        tooltip: "[HOST:]PORT to listen on, such as 4059",
        isRequired: true,
      },
    ],
  },
  {
    kind: "udp",
    name: "obiscope-udp",
    display: "UDP datagrams of meters that push",
    ...raw,
    arguments: [
      {
        option: "udp",
        display: "Port",
        tooltip: "[HOST:]PORT to listen on, such as 4059",
        isRequired: true,
      },
    ],
  },
  {
    kind: "relay",
    name: "obiscope-relay",
    display: "Relay between a client and a meter",
    ...raw,
    arguments: [
      {
        option: "relay",
        display: "Ports",
        tooltip: "[HOST:]PORT=HOST:PORT: where to listen, and where to pass connections on to",
        isRequired: true,
      },
    ],
  },
];

/** Lines for `--extcap-interfaces`. */
export function describeInterfaces(version: string): string {
  const own = sentence("extcap", { version, display: "Obiscope" });
  return [
    own,
    ...extcapInterfaces.map(({ name, display }) => sentence("interface", { value: name, display })),
  ].join("");
}

/** The line for `--extcap-dlts`. */
export function describeLinkType({ linkType, linkName, display }: ExtcapInterface): string {
  return sentence("dlt", { number: String(linkType), name: linkName, display });
}

/** Lines for `--extcap-config`: the arguments, and what may be chosen for them. */
export async function describeArguments(described: ExtcapInterface): Promise<string> {
  let lines = "";
  let choicesBelow = "";
  for (const [number, argument] of described.arguments.entries()) {
    const { option, display, tooltip, isRequired, choices } = argument;
    const listed = await describeChoices(described, option);
    choicesBelow += listed;
    lines += sentence("arg", {
      number: String(number),
      call: `--${option}`,
      display,
      tooltip,
      // A list that is empty could not be left: then the name of a port is typed.
      type: listed === "" ? "string" : "selector",
      ...(choices === null && listed !== "" ? { reload: "true", placeholder: "Look again" } : {}),
      ...(isRequired === true ? { required: "true" } : {}),
    });
  }
  return lines + choicesBelow;
}

/** Lines for `--extcap-reload-option`: what may be chosen for one argument, as it is now. */
export async function describeChoices(described: ExtcapInterface, option: string): Promise<string> {
  const number = described.arguments.findIndex((argument) => argument.option === option);
  const choices = described.arguments[number]?.choices;
  if (choices === undefined) return "";
  return (choices ?? (await listPorts()))
    .map(({ value, display, isDefault }) => {
      const chosen = isDefault === true ? { default: "true" } : {};
      return sentence("value", { arg: String(number), value, display, ...chosen });
    })
    .join("");
}

async function listPorts(): Promise<readonly Choice[]> {
  const ports = await listSerialPorts();
  return ports.map((port) => {
    const words = describeSerialPort(port);
    return { value: port.path, display: words === "" ? port.path : `${port.path} ${words}` };
  });
}

/** Braces end a value, and a line ends a sentence: neither may stand in one. */
function sentence(word: string, values: Readonly<Record<string, string>>): string {
  const parts = Object.entries(values).map(
    ([name, value]) => `{${name}=${value.replaceAll(/[{}\r\n]/g, " ")}}`,
  );
  return `${word} ${parts.join("")}\n`;
}
