/**
 * Passes 3 and 4 of high level security as they stand on the wire: the method
 * reply_to_HLS_authentication of the current association object (IEC 62056-6-2, Association LN and
 * Association SN), invoked by ACTION, or with short names by READ or WRITE.
 */
import type { ActionRequest, ActionResponse } from "../../xdlms/action.js";
import type { Apdu } from "../../xdlms/apdu-value.js";
import type { Data } from "../../xdlms/data.js";
import type { GetDataResult } from "../../xdlms/data-access-result.js";
import type { ReadRequest, ReadResponse } from "../../xdlms/read.js";
import type { WriteRequest, WriteResponse } from "../../xdlms/write.js";
import { findVariableName } from "../names/object-names.js";

/** What stands in pass 3; `proof` is undefined where the request brings no octet-string. */
export interface ClientPass {
  readonly proof: Uint8Array | undefined;
}

/** What the server makes of the client's proof, and its own where it sends it. */
export type ServerPass =
  | { readonly outcome: "accepted"; readonly proof: Uint8Array | undefined }
  | { readonly outcome: "refused"; readonly reason: string };

const associationLn = 15;
const replyMethod = 1;
/** Base name of the current Association SN 0xFA00; its method 8 has the offset 0x58. */
const replyShortName = 0xfa58;

/** Reads pass 3; undefined for any other APDU. */
export function readClientPass(apdu: Apdu): ClientPass | undefined {
  switch (apdu.name) {
    case "action-request-normal":
      if (!("cosem-method-descriptor" in apdu)) return undefined;
      return readAction(apdu as Extract<ActionRequest, { name: "action-request-normal" }>);
    case "read-request":
      if (!("variable-access-specification" in apdu)) return undefined;
      return readRead(apdu as ReadRequest);
    case "write-request":
      if (!("variable-access-specification" in apdu)) return undefined;
      return readWrite(apdu as WriteRequest);
    default:
      return undefined;
  }
}

function readAction(
  request: Extract<ActionRequest, { name: "action-request-normal" }>,
): ClientPass | undefined {
  const method = request["cosem-method-descriptor"];
  const [a, b, c, d] = method["instance-id"];
  const isAssociation = method["class-id"] === associationLn && a === 0 && b === 0 && c === 40;
  // The current association is 0.0.40.0.0.255; some clients name it by its own number.
  if (!isAssociation || d !== 0 || method["method-id"] !== replyMethod) return undefined;
  return { proof: octetsOf(request["method-invocation-parameters"]) };
}

function readRead(request: ReadRequest): ClientPass | undefined {
  const [access] = request["variable-access-specification"];
  // Without a parameter it fetches what a WRITE before it has left.
  if (access === undefined || !("parameterized-access" in access)) return undefined;
  if (findVariableName(access) !== replyShortName) return undefined;
  return { proof: octetsOf(access["parameterized-access"].parameter) };
}

function readWrite(request: WriteRequest): ClientPass | undefined {
  const [access] = request["variable-access-specification"];
  if (access === undefined || findVariableName(access) !== replyShortName) return undefined;
  return { proof: octetsOf(request["list-of-data"][0]) };
}

/** Reads pass 4 out of the answer to pass 3; undefined for what is no such answer. */
export function readServerPass(apdu: Apdu): ServerPass | undefined {
  switch (apdu.name) {
    case "action-response-normal":
      if (!("single-response" in apdu)) return undefined;
      return readActionAnswer(apdu as Extract<ActionResponse, { name: "action-response-normal" }>);
    case "read-response": {
      if (!("result" in apdu)) return undefined;
      const [result] = (apdu as ReadResponse).result;
      if (result === undefined) return undefined;
      if ("data" in result) return { outcome: "accepted", proof: octetsOf(result.data) };
      return "data-access-error" in result
        ? { outcome: "refused", reason: result["data-access-error"] }
        : undefined;
    }
    case "write-response": {
      if (!("result" in apdu)) return undefined;
      const [result] = (apdu as WriteResponse).result;
      if (result === undefined) return undefined;
      if ("success" in result) return { outcome: "accepted", proof: undefined };
      return "data-access-error" in result
        ? { outcome: "refused", reason: result["data-access-error"] }
        : undefined;
    }
    case "exception-response":
    case "confirmed-service-error":
      return { outcome: "refused", reason: apdu.name };
    default:
      return undefined;
  }
}

function readActionAnswer(
  response: Extract<ActionResponse, { name: "action-response-normal" }>,
): ServerPass {
  const { result, "return-parameters": returned } = response["single-response"];
  if (result !== "success") return { outcome: "refused", reason: result };
  return { outcome: "accepted", proof: octetsOf(dataOf(returned)) };
}

function dataOf(result: GetDataResult | undefined): Data | undefined {
  return result !== undefined && "data" in result ? result.data : undefined;
}

function octetsOf(data: Data | undefined): Uint8Array | undefined {
  return data?.type === "octet-string" ? data.value : undefined;
}
