import { isPlaceholder } from "./plain-value.js";
import type { Secret } from "./secret.js";

/**
 * Secrets that their own looks give away, wherever they stand. Each expression is linear: no two of its repetitions can
 * share characters, and a run of characters has one place at which a match of it can begin.
 */
export const shapes = (text: string): readonly Secret[] => SHAPES.flatMap((shape) => found(shape, text));

type Shape = {
  readonly rule: string;
  /** With two groups, what stands before the secret and the secret; else the secret is the whole. */
  readonly pattern: RegExp;
  /** Whether what the pattern found is no secret after all. */
  readonly stays?: (value: string) => boolean;
};

const SHAPES: readonly Shape[] = [
  // RFC 7519 and 7516: three parts, or five of an encrypted one. A token of pages has no dots.
  { rule: "jwt", pattern: /(?<![\w-])eyJ[\w-]{8,}\.(?:[\w-]*\.[\w-]*\.[\w-]+\.[\w-]+|[\w-]{8,}\.[\w-]{8,})/g },
  // aws eks get-token; aws ecr get-login-password and get-authorization-token (base64 of `{"payload":` and of `AWS:`).
  { rule: "token", pattern: /(?<![\w.-])k8s-aws-v1\.[\w-]{16,}/g },
  { rule: "token", pattern: /(?<![A-Za-z0-9+/])(?:eyJwYXlsb2FkIjoi|QVdTO[A-Za-z0-9])[A-Za-z0-9+/_-]{24,}={0,2}/g },
  // What the session tokens of AWS STS have begun with over the years.
  {
    rule: "session-token",
    pattern: /(?<![A-Za-z0-9+/])(?:[A-Z][A-Za-z0-9]oJb3JpZ2lu|F[Qw]oGZXIvYXdz|AQoDYXdz)[A-Za-z0-9+/]{80,}={0,2}/g,
  },
  // Presigned URLs, of CloudFront and the old version too, and signed requests: without it nobody can use them.
  { rule: "signature", pattern: /(\bX-Amz-Signature(?:=|%3D))([0-9A-Fa-f]{16,})/gi },
  { rule: "signature", pattern: /([?&]Signature=)([A-Za-z0-9%+/=~_-]{20,})/g },
  {
    rule: "signature",
    pattern:
      /(\bAWS4-HMAC-SHA256 Credential=[^\s,"]{1,256},\s?SignedHeaders=[^\s,"]{1,512},\s?Signature=)([0-9a-f]{16,})/g,
  },
  {
    rule: "url-password",
    pattern: /(:\/\/[^\s:@/"'<>|\\`]*:)([^\s/?"'<>|\\`]+)@/g,
    stays: (value) => isPlaceholder(value) || /^(?:password|passwd|pass|pwd|secret|token)$/i.test(value),
  },
  // "Bearer" and a long word without digits is prose.
  {
    rule: "authorization",
    pattern: /(\bBearer\s{1,4})([A-Za-z0-9._~+/-]{16,}=*)/gi,
    stays: (value) => !/\d/.test(value),
  },
  {
    rule: "authorization",
    pattern:
      /(\bauthorization\b["'\\]{0,8}\s{0,4}[:=]\s{0,4}["'\\]{0,8}(?:basic|token|digest|negotiate|apikey)\s{1,4})([^\s"'\\,;|]{6,})/gi,
  },
  // Amazon API Gateway names an API key by ten characters and shows the key beside them.
  { rule: "key", pattern: /("id":\s{0,8}"[a-z0-9]{10}",\s{0,64}"value":\s{0,8}")([A-Za-z0-9]{20,128})"/g },
  // AWS AppSync, whose keys have no other identifier, and Amazon IVS; Stripe and Google.
  { rule: "key", pattern: /\b(?:da2-[a-z0-9]{26}\b|sk_[a-z]{2}-[a-z]{1,16}-\d_\w{8,64}|[rs]k_live_[A-Za-z0-9]{16,})/g },
  { rule: "key", pattern: /\bAIza[\w-]{35}(?![\w-])/g },
  // GitLab, Slack's newer ones, Hugging Face and HashiCorp Vault, which the rule set has from the version on that needs Node 22.
  {
    rule: "token",
    pattern: /(?<![\w-])(?:gl(?:pat|dt|rt|cbt|ptt)-[\w-]{20,}|xox[es]-[\w-]{20,}|hf_[A-Za-z0-9]{30,}|hvs\.[\w-]{24,})/g,
  },
];

const found = ({ rule, pattern, stays }: Shape, text: string): readonly Secret[] =>
  [...text.matchAll(pattern)].flatMap(({ index, 0: whole, 1: before = "", 2: secret = whole }) => {
    const start = index + before.length;
    return stays?.(secret) === true ? [] : [{ start, end: start + secret.length, rule }];
  });
