/** The components of ACSE APDUs as fields; AARQ and AARE share most of them. */
import { defineFields } from "../core/fields.js";
import { applicationContexts, mechanisms } from "./object-name.js";

const clause = "IEC 62056-5-3, ACSE APDUs";
const title = "A system title: the manufacturer's three letters and a number, 8 bytes";

export const acseFields = defineFields("acse", {
  aarq: { name: "AARQ", type: "group", clause, meaning: "A client asks for an association" },
  aare: { name: "AARE", type: "group", clause, meaning: "The server's answer to an AARQ" },
  rlrq: { name: "RLRQ", type: "group", clause, meaning: "A client ends the association" },
  rlre: { name: "RLRE", type: "group", clause, meaning: "The server's answer to an RLRQ" },
  protocolVersion: { name: "Protocol version", type: "string", clause },
  applicationContextName: {
    name: "Application context name",
    type: "string",
    clause,
    meaning: `${applicationContexts.prefix}.n: logical or short names, with ciphering or without`,
  },
  calledApTitle: { name: "Called AP title", type: "bytes", clause, meaning: title },
  calledAeQualifier: { name: "Called AE qualifier", type: "bytes", clause },
  calledApInvocationId: { name: "Called AP invocation id", type: "int", clause },
  calledAeInvocationId: { name: "Called AE invocation id", type: "int", clause },
  callingApTitle: { name: "Calling AP title", type: "bytes", clause, meaning: title },
  callingAeQualifier: {
    name: "Calling AE qualifier",
    type: "bytes",
    clause,
    meaning: "May carry the client's certificate",
  },
  callingApInvocationId: { name: "Calling AP invocation id", type: "int", clause },
  callingAeInvocationId: {
    name: "Calling AE invocation id",
    type: "int",
    clause,
    meaning: "The client user's number",
  },
  senderAcseRequirements: { name: "Sender ACSE requirements", type: "string", clause },
  respondingApTitle: { name: "Responding AP title", type: "bytes", clause, meaning: title },
  respondingAeQualifier: {
    name: "Responding AE qualifier",
    type: "bytes",
    clause,
    meaning: "May carry the server's certificate",
  },
  respondingApInvocationId: { name: "Responding AP invocation id", type: "int", clause },
  respondingAeInvocationId: { name: "Responding AE invocation id", type: "int", clause },
  responderAcseRequirements: { name: "Responder ACSE requirements", type: "string", clause },
  mechanismName: {
    name: "Mechanism name",
    type: "string",
    clause,
    meaning: `${mechanisms.prefix}.n: how the sides prove who they are`,
  },
  callingAuthenticationValue: {
    name: "Calling authentication value",
    type: "bytes",
    clause,
    meaning: "A password, which is not shown, or the client's challenge",
  },
  respondingAuthenticationValue: {
    name: "Responding authentication value",
    type: "bytes",
    clause,
    meaning: "The server's challenge",
  },
  implementationInformation: { name: "Implementation information", type: "string", clause },
  userInformation: { name: "User information", type: "group", clause },
  result: { name: "Result", type: "string", clause },
  resultSourceDiagnostic: { name: "Result source diagnostic", type: "string", clause },
  reason: { name: "Reason", type: "string", clause },
});
