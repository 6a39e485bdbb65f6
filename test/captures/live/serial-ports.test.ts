import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  describeSerialPort,
  listSerialPorts,
  type SerialPortInfo,
} from "../../../captures/live/serial-ports.js";
import { TestFolder } from "../../analyzer/test-folder.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** A machine's `sys` and `dev`, as Linux lays them out; returns its root. */
function machine(
  name: string,
  files: Readonly<Record<string, string>>,
  links: readonly string[][],
) {
  const root = join(folder.path, name);
  mkdirSync(join(root, "sys/class/tty"), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const [path = "", target = ""] of links) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  return root;
}

const usb = "sys/devices/usb1/1-1";
const ftdi = {
  [`${usb}/idVendor`]: "0403\n",
  [`${usb}/idProduct`]: "6001\n",
  [`${usb}/manufacturer`]: "FTDI\n",
  [`${usb}/product`]: "FT232R USB UART\n",
  [`${usb}/serial`]: "A50285BI\n",
  [`${usb}/1-1:1.0/ttyUSB0/tty/ttyUSB0/dev`]: "188:0\n",
  // A port on the board, one without hardware behind it, and a console.
  "sys/devices/board/tty/ttyS0/type": "4\n",
  "sys/devices/board/tty/ttyS1/type": "0\n",
  "sys/devices/virtual/tty/tty1/dev": "4:1\n",
};
const ttyUSB0 = `../../devices/usb1/1-1/1-1:1.0/ttyUSB0/tty/ttyUSB0`;
const links = [
  ["sys/class/tty/ttyUSB0", ttyUSB0],
  ["sys/class/tty/ttyS0", "../../devices/board/tty/ttyS0"],
  ["sys/class/tty/ttyS1", "../../devices/board/tty/ttyS1"],
  ["sys/class/tty/tty1", "../../devices/virtual/tty/tty1"],
  [`${usb}/1-1:1.0/ttyUSB0/tty/ttyUSB0/device`, "../../../ttyUSB0"],
  ["sys/devices/board/tty/ttyS0/device", "../../../board"],
  ["sys/devices/board/tty/ttyS1/device", "../../../board"],
  ["dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0", "../../ttyUSB0"],
];

describe.skipIf(process.platform === "win32")("the list of serial ports", () => {
  it("has the ports with hardware, and what USB says of them", async () => {
    const root = machine("two", ftdi, links);
    expect(await listSerialPorts({ platform: "linux", root })).toEqual([
      { path: "/dev/ttyS0" },
      {
        path: "/dev/ttyUSB0",
        stablePath: "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0",
        vendorId: "0403",
        productId: "6001",
        manufacturer: "FTDI",
        product: "FT232R USB UART",
        serialNumber: "A50285BI",
      },
    ]);
  });

  it("is empty on a machine without ports, and on one without sysfs", async () => {
    const bare = machine("bare", {}, []);
    expect(await listSerialPorts({ platform: "linux", root: bare })).toEqual([]);
    const root = join(folder.path, "nowhere");
    mkdirSync(root);
    expect(await listSerialPorts({ platform: "linux", root })).toEqual([]);
  });

  it("needs no udevadm: there is none on a small system", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = folder.path;
    try {
      const ports = await listSerialPorts();
      expect(ports.every(({ path: port }) => port !== "")).toBe(true);
    } finally {
      process.env["PATH"] = path;
    }
  });
});

describe("a port in words", () => {
  it.each<[Omit<SerialPortInfo, "path">, string]>([
    [{}, ""],
    [{ vendorId: "0403", productId: "6001" }, "0403:6001"],
    [
      { manufacturer: "FTDI", product: "FT232R USB UART", serialNumber: "A5", vendorId: "0403" },
      "FTDI FT232R USB UART, serial number A5, 0403:????",
    ],
    // Many products repeat their maker.
    [{ manufacturer: "Prolific", product: "Prolific USB-Serial" }, "Prolific USB-Serial"],
  ])("%j", (port, words) => {
    expect(describeSerialPort({ path: "/dev/ttyUSB0", ...port })).toBe(words);
  });
});
