import { not, type Scenarios, wantsPrompt, wantsResource, wantsTool, whole } from "./expected.js";

/** The scenarios of a suite for one revision, for a server without sessions and for one that gives them. */
export type Tables = { readonly off: Scenarios; readonly on: Scenarios };

// What a server may do and this one does not, its capabilities say.
const undeclared = (capability: string) => not(`wants the capability \`${capability}\``, "Method not found");

/** What revision 2025-06-18 has already. */
const since2025June: Scenarios = {
  "server-initialize": whole,
  "logging-set-level": undeclared("logging"),
  ping: whole,
  "completion-complete": wantsPrompt("test_prompt_with_arguments"),
  "tools-list": whole,
  "tools-call-simple-text": wantsTool("test_simple_text"),
  "tools-call-image": wantsTool("test_image_content"),
  "tools-call-audio": wantsTool("test_audio_content"),
  "tools-call-embedded-resource": wantsTool("test_embedded_resource"),
  "tools-call-mixed-content": wantsTool("test_multiple_content_types"),
  "tools-call-with-logging": undeclared("logging"),
  "tools-call-error": wantsTool("test_error_handling"),
  "tools-call-with-progress": wantsTool("test_tool_with_progress"),
  "tools-call-sampling": wantsTool("test_sampling"),
  "tools-call-elicitation": wantsTool("test_elicitation"),
  "resources-list": whole,
  "resources-read-text": wantsResource("test://static-text"),
  "resources-read-binary": wantsResource("test://static-binary"),
  "resources-templates-read": wantsResource("test://template/123/data"),
  "resources-subscribe": undeclared("resources.subscribe"),
  "resources-unsubscribe": undeclared("resources.subscribe"),
  "prompts-list": whole,
  "prompts-get-simple": wantsPrompt("test_simple_prompt"),
  "prompts-get-with-args": wantsPrompt("test_prompt_with_arguments"),
  "prompts-get-embedded-resource": wantsPrompt("test_prompt_with_embedded_resource"),
  "prompts-get-with-image": wantsPrompt("test_prompt_with_image"),
};

const withoutSession = "did not provide session ID";

// Who comes back for a stream is told that its answer is lost: no answer is kept, which MCP leaves to the server.
const polling = (...says: readonly string[]) =>
  not("wants the tool `test_reconnection`, and streams that can be resumed", ...says);
const notReplayed = "did not send tool response after client reconnected with Last-Event-ID";

/** What revision 2025-11-25 has besides, where the server gives no sessions. */
const since2025November: Scenarios = {
  "json-schema-2020-12": not("wants the tool `json_schema_2020_12_tool`", "Tool 'json_schema_2020_12_tool' not found"),
  "elicitation-sep1034-defaults": wantsTool("test_elicitation_sep1034_defaults"),
  "elicitation-sep1330-enums": wantsTool("test_elicitation_sep1330_enums"),
  "server-sse-polling": polling(withoutSession),
  "server-sse-multiple-streams": not("wants a session", withoutSession),
  "dns-rebinding-protection": whole,
};

const lifecycle = {
  off: { "server-session-lifecycle": not("wants a session") },
  on: { "server-session-lifecycle": whole },
};

/** With sessions the streams of one are told apart. */
const inSession: Scenarios = {
  "server-sse-polling": polling(notReplayed),
  "server-sse-multiple-streams": whole,
};

export const revision20250618: Tables = {
  off: { ...since2025June, ...lifecycle.off },
  on: { ...since2025June, ...lifecycle.on },
};

/** As the suite of that time has it, which does not look at how sessions end. */
export const early20251125: Tables = {
  off: { ...since2025June, ...since2025November },
  // It asks in an older revision's name, in which an event without data breaks clients.
  on: {
    ...{ ...since2025June, ...since2025November, ...inSession },
    "server-sse-polling": polling("did not send priming event", notReplayed),
  },
};

export const revision20251125: Tables = {
  off: { ...early20251125.off, ...lifecycle.off },
  on: { ...early20251125.on, ...inSession, ...lifecycle.on },
};
