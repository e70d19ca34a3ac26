import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseAllDocuments } from "yaml";
import { kustomizeCommand } from "../provision/kustomize.js";
import { cache, repository } from "../provision/repository.js";
import { runProgram } from "../provision/run-program.js";

export const FOLDER = join(repository, "deploy", "kubernetes");

/** What is rendered: the base, each overlay as it is, and one with every component. */
export const VARIANTS = ["base", "eks-irsa", "eks-pod-identity", "shared-workspace"] as const;
export type Variant = (typeof VARIANTS)[number];

type Named = { readonly metadata: { readonly name: string; readonly namespace?: string } };
type Volume = {
  readonly name: string;
  readonly emptyDir?: { readonly medium: string; readonly sizeLimit: string };
  readonly secret?: { readonly secretName: string; readonly defaultMode: number };
  readonly persistentVolumeClaim?: { readonly claimName: string };
};
export type Probe = { readonly httpGet: { readonly path: string; readonly port: string } };
export type Container = {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args: readonly string[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env?: readonly { readonly name: string }[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
  readonly resources: { readonly limits: Readonly<Record<string, string>> };
  readonly securityContext: object;
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
};
export type PodSpec = {
  readonly securityContext: { readonly runAsUser: number; readonly runAsGroup: number };
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly [Container];
  readonly volumes: readonly Volume[];
};
type Labels = Readonly<Record<string, string>>;
type Block = { readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] } };
export type Egress = {
  readonly to: readonly Block[];
  readonly ports: readonly { readonly protocol: string; readonly port: number }[];
};

/** The members of objects that tests look at, as our own manifests have them; the schemas are checked apart from this. */
export type Objects = {
  readonly Namespace: Named & { readonly metadata: { readonly labels: Labels } };
  readonly ServiceAccount: Named & { readonly metadata: { readonly annotations?: Labels } };
  readonly ConfigMap: Named & { readonly data: Readonly<Record<string, string>> };
  readonly Deployment: Named & {
    readonly spec: {
      readonly selector: { readonly matchLabels: Labels };
      readonly template: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
    };
  };
  readonly Service: Named & {
    readonly spec: {
      readonly selector: Labels;
      readonly ports: readonly { readonly name: string; readonly port: number }[];
    };
  };
  readonly HorizontalPodAutoscaler: Named & {
    readonly spec: { readonly scaleTargetRef: object; readonly minReplicas: number };
  };
  readonly PodDisruptionBudget: Named & { readonly spec: { readonly selector: { readonly matchLabels: Labels } } };
  readonly NetworkPolicy: Named & {
    readonly spec: {
      readonly podSelector: { readonly matchLabels: Labels };
      readonly ingress: object;
      readonly egress: readonly Egress[];
    };
  };
  readonly StorageClass: Named & { readonly parameters: Labels };
  readonly PersistentVolumeClaim: Named & {
    readonly spec: { readonly storageClassName: string; readonly accessModes: readonly string[] };
  };
  readonly Ingress: Named & { readonly metadata: { readonly annotations: Labels }; readonly spec: object };
};

/** The rendered text of a variant, and its objects. */
export type Rendered = {
  readonly text: string;
  readonly kinds: readonly string[];
  readonly all: <Kind extends keyof Objects>(kind: Kind) => readonly Objects[Kind][];
  /** The only object of its kind; throws where there is none or another. */
  readonly one: <Kind extends keyof Objects>(kind: Kind) => Objects[Kind];
  /** A config map by the name before its hash. */
  readonly config: (name: string) => Readonly<Record<string, string>>;
};

/** Renders a variant with a real kustomize, once; throws with what it says where it refuses. */
export const render = (variant: Variant): Promise<Rendered> => {
  const known = rendered.get(variant) ?? renderAnew(variant);
  rendered.set(variant, known);
  return known;
};

const rendered = new Map<Variant, Promise<Rendered>>();

const renderAnew = async (variant: Variant): Promise<Rendered> => {
  const [program, ...args] = await kustomizeCommand();
  const { folder, remove } = folderOf(variant);
  try {
    const { ok, stdout, stderr } = await runProgram(program, [...args, folder]);
    if (!ok) throw new Error(stderr);
    return readRendered(stdout);
  } finally {
    remove();
  }
};

const readRendered = (text: string): Rendered => {
  const objects: readonly (Named & { readonly kind: string })[] = parseAllDocuments(text).map((each) => each.toJS());
  // The kind of an object says which it is.
  const all = <Kind extends keyof Objects>(kind: Kind) =>
    objects.filter((each) => each.kind === kind) as unknown as Objects[Kind][];
  return {
    text,
    kinds: objects.map(({ kind }) => kind),
    all,
    one: (kind) => {
      const [only, ...more] = all(kind);
      if (only === undefined || more.length > 0)
        throw new Error(`there is not one ${kind}, but ${more.length + (only ? 1 : 0)}`);
      return only;
    },
    config: (name) => {
      const found = all("ConfigMap").find(({ metadata }) => metadata.name.startsWith(`${name}-`));
      if (found === undefined) throw new Error(`there is no config map ${name}`);
      return found.data;
    },
  };
};

type Place = { readonly folder: string; readonly remove: () => void };

const folderOf = (variant: Variant): Place => {
  switch (variant) {
    case "base":
      return { folder: join(FOLDER, "base"), remove: () => undefined };
    case "eks-irsa":
    case "eks-pod-identity":
      return { folder: join(FOLDER, "overlays", variant), remove: () => undefined };
    case "shared-workspace":
      return withComponent(variant);
  }
};

// As an operator would have it: a folder of their own that names ours. Kustomize takes relative paths alone.
const withComponent = (component: string): Place => {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "overlay-"));
  const named = (...path: readonly string[]) => relative(folder, join(FOLDER, ...path));
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    namespace: "awspipe",
    resources: [named("overlays", "eks-irsa")],
    components: [named("components", component)],
  };
  writeFileSync(join(folder, "kustomization.yaml"), JSON.stringify(kustomization));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
};
