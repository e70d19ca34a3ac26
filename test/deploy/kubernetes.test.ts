import { readdirSync, readFileSync } from "node:fs";
import { BlockList, isIP } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repository } from "../provision/repository.js";
import { IMAGE } from "./kubernetes-image.js";
import { type Egress, render, VARIANTS } from "./kubernetes-rendered.js";

describe.each(VARIANTS)("the pods of %s", async (variant) => {
  const { one } = await render(variant);
  const { spec } = one("Deployment").spec.template;
  const { containers } = spec;

  it("run as nobody that the node knows, with no token of Kubernetes and no variables of its services", () => {
    expect(spec).toMatchObject({
      serviceAccountName: "awspipe",
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        fsGroup: 10001,
        seccompProfile: { type: "RuntimeDefault" },
      },
    });
    const shared = ["hostNetwork", "hostPID", "hostIPC", "hostUsers", "shareProcessNamespace"];
    expect(Object.keys(spec).filter((name) => shared.includes(name))).toEqual([]);
  });

  it("have containers that gain nothing and write nowhere but in their volumes", () => {
    expect(containers.map(({ name }) => name)).toEqual(["awspipe"]);
    expect(spec).not.toHaveProperty("initContainers");
    for (const { securityContext } of containers)
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
  });

  it("say what they need and what they may have at most", () => {
    for (const { resources } of containers) {
      const bounded = ["cpu", "ephemeral-storage", "memory"];
      expect(Object.values(resources).map((each) => Object.keys(each))).toEqual([bounded, bounded]);
    }
  });

  it("keep temporary files in memory, in one volume that leaves room for the processes", () => {
    const memory = spec.volumes.filter(({ emptyDir }) => emptyDir !== undefined);
    expect(memory).toEqual([{ name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "768Mi" } }]);
    expect(containers[0].volumeMounts).toContainEqual({ name: "tmp", mountPath: "/tmp" });
    const held = mebibytes(memory[0]?.emptyDir?.sizeLimit ?? "");
    // Its pages count as the container's memory.
    expect(held * 2).toBeLessThan(mebibytes(spec.containers[0].resources.limits.memory ?? ""));
  });

  it("mount what there is, and leave the folder free in which EKS mounts its token", () => {
    const volumes = new Set(spec.volumes.map(({ name }) => name));
    const mounts = containers.flatMap(({ volumeMounts }) => volumeMounts);
    expect(new Set(mounts.map(({ name }) => name))).toEqual(volumes);
    const paths = mounts.map(({ mountPath }) => mountPath);
    expect(paths.filter((path) => "/run/secrets/eks.amazonaws.com".startsWith(path))).toEqual([]);
  });

  it("get secrets that their own group reads and nobody changes", () => {
    const secrets = spec.volumes.flatMap(({ secret }) => secret ?? []);
    const named = variant === "base" ? ["awspipe-tokens"] : ["awspipe-state", "awspipe-tokens"];
    expect(secrets.map(({ secretName }) => secretName).sort()).toEqual(named);
    expect(new Set(secrets.map(({ defaultMode }) => defaultMode))).toEqual(new Set([0o440]));
  });

  it("run the image of this version", () => {
    expect(new Set(containers.map(({ image }) => image))).toEqual(new Set([IMAGE]));
    expect(spec.containers[0]).toMatchObject({ args: ["serve"] });
    expect(spec.containers[0].command).toBeUndefined();
  });

  it("are those that the service, the budget, the autoscaler and the network policy are about", () => {
    const { selector, template } = one("Deployment").spec;
    const own = { "app.kubernetes.io/name": "awspipe" };
    expect(template.metadata.labels).toEqual(own);
    expect(selector.matchLabels).toEqual(own);
    expect(one("Service").spec.selector).toEqual(own);
    expect(one("PodDisruptionBudget").spec).toMatchObject({ selector: { matchLabels: own }, maxUnavailable: 1 });
    expect(one("NetworkPolicy").spec.podSelector.matchLabels).toEqual(own);
    const { scaleTargetRef, minReplicas } = one("HorizontalPodAutoscaler").spec;
    expect(scaleTargetRef).toEqual({
      apiVersion: "apps/v1",
      kind: "Deployment",
      name: one("Deployment").metadata.name,
    });
    expect(minReplicas).toBeGreaterThanOrEqual(3);
    // An applied number would undo the autoscaler's.
    expect(one("Deployment").spec).not.toHaveProperty("replicas");
  });

  it("are reached through the service at the port that they listen at", () => {
    expect(spec.containers[0].ports).toEqual([{ name: "http", containerPort: 8000, protocol: "TCP" }]);
    expect(one("Service").spec.ports).toMatchObject([{ name: "http", port: 8000, targetPort: "http" }]);
  });
});

const mebibytes = (quantity: string): number => {
  const [, number = "", unit = ""] = /^(\d+)(Mi|Gi)$/.exec(quantity) ?? [];
  return Number(number) * (unit === "Gi" ? 1024 : 1);
};

describe("the network policy", () => {
  it("lets the ingress controller in and nobody else", async () => {
    const { ingress } = (await render("base")).one("NetworkPolicy").spec;
    const namespaceSelector = { matchLabels: { "kubernetes.io/metadata.name": "nginx-ingress" } };
    expect(ingress).toEqual([{ from: [{ namespaceSelector }], ports: [{ protocol: "TCP", port: 8000 }] }]);
  });

  it("asks the cluster's own name servers, whatever labels our objects get", async () => {
    const [names] = (await render("base")).one("NetworkPolicy").spec.egress;
    expect(names).toEqual({
      to: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
          podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
        },
      ],
      ports: [
        { protocol: "UDP", port: 53 },
        { protocol: "TCP", port: 53 },
      ],
    });
  });

  const [HTTPS, STORE, AGENT] = [443, 6379, 80];
  it.each([
    ["52.94.5.1", HTTPS, VARIANTS],
    ["10.0.8.9", HTTPS, VARIANTS],
    ["2600:1f18::1", HTTPS, VARIANTS],
    ["52.94.5.1", AGENT, []],
    ["10.0.8.9", STORE, ["eks-irsa", "eks-pod-identity", "shared-workspace"]],
    ["52.94.5.1", STORE, []],
    ["169.254.170.23", AGENT, ["eks-pod-identity"]],
    ["fd00:ec2::23", AGENT, ["eks-pod-identity"]],
    // The metadata service of the node, which would give the node's role away.
    ["169.254.169.254", AGENT, []],
    ["169.254.169.254", HTTPS, []],
    ["fd00:ec2::254", AGENT, []],
    ["fd00:ec2::254", HTTPS, []],
    ["fe80::1", HTTPS, []],
  ])("%s is reached at port %i from %j", async (address, port, from) => {
    const reaching = [];
    for (const variant of VARIANTS) {
      const { egress } = (await render(variant)).one("NetworkPolicy").spec;
      if (egress.some((rule) => reaches(rule, address, port))) reaching.push(variant);
    }
    expect(reaching).toEqual(from);
  });
});

const reaches = ({ to, ports }: Egress, address: string, port: number): boolean =>
  ports.some((each) => each.port === port) &&
  to.some(({ ipBlock }) => {
    if (ipBlock === undefined) return false;
    const { cidr, except = [] } = ipBlock;
    return isIn(cidr, address) && !except.some((each) => isIn(each, address));
  });

const isIn = (cidr: string, address: string): boolean => {
  const [net = "", prefix = ""] = cidr.split("/");
  if (isIP(net) !== isIP(address)) return false;
  const family = isIP(net) === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(net, Number(prefix), family);
  return list.check(address, family);
};

describe("the workspace", () => {
  it("is the same for all replicas with the component alone, on storage that all may write to", async () => {
    for (const variant of VARIANTS) {
      const { one, all } = await render(variant);
      const { volumes, containers } = one("Deployment").spec.template.spec;
      const isShared = variant === "shared-workspace";
      const claims = all("PersistentVolumeClaim").map(({ metadata, spec }) => [metadata.name, spec.accessModes]);
      expect(claims).toEqual(isShared ? [["awspipe-workspace", ["ReadWriteMany"]]] : []);
      const volume = { name: "workspace", persistentVolumeClaim: { claimName: "awspipe-workspace" } };
      expect(volumes.filter(({ name }) => name === "workspace")).toEqual(isShared ? [volume] : []);
      const mount = { name: "workspace", mountPath: "/workspace" };
      const mounts = containers[0].volumeMounts.filter(({ mountPath }) => mountPath.startsWith("/workspace"));
      expect(mounts).toEqual(isShared ? [mount] : []);
    }
  });

  it("belongs to the pod's own user there, and nobody else may write to it", async () => {
    const { one } = await render("shared-workspace");
    const { runAsUser, runAsGroup } = one("Deployment").spec.template.spec.securityContext;
    const { metadata, parameters } = one("StorageClass");
    expect(one("PersistentVolumeClaim").spec.storageClassName).toBe(metadata.name);
    expect(parameters).toMatchObject({ uid: String(runAsUser), gid: String(runAsGroup), directoryPerms: "700" });
  });
});

describe("who the pods are for AWS", () => {
  const annotationsOf = async (variant: (typeof VARIANTS)[number]) =>
    (await render(variant)).one("ServiceAccount").metadata.annotations;

  it("is said by an annotation with IAM roles for service accounts, and outside the cluster with Pod Identity", async () => {
    expect(await annotationsOf("base")).toBeUndefined();
    expect(await annotationsOf("eks-pod-identity")).toBeUndefined();
    expect(await annotationsOf("eks-irsa")).toEqual({
      "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/awspipe",
      "eks.amazonaws.com/sts-regional-endpoints": "true",
      "eks.amazonaws.com/token-expiration": "3600",
    });
  });
});

describe("the namespace", () => {
  it("lets no pod in that asks for more than ours do", async () => {
    const { one } = await render("base");
    const levels = ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, "restricted"]);
    expect(one("Namespace").metadata.labels).toMatchObject(Object.fromEntries(levels));
  });
});

describe("the files of both deployments", () => {
  const files = ["kubernetes", "ecs"].flatMap((name) => {
    const folder = join(repository, "deploy", name);
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name));
  });

  it("hold no secret: no token or its hash, no key, no password in a URL, no object of that kind", () => {
    expect(files.length).toBeGreaterThan(15);
    const secret =
      /awsp_\w|sha256:[0-9a-f]{64}|\bA[KS]IA[0-9A-Z]{16}\b|\b[0-9a-f]{64}\b|:\/\/[^/\s]*:[^/\s]*@|kind: Secret\b|-----BEGIN/;
    expect(files.filter((file) => secret.test(readFileSync(file, "utf8")))).toEqual([]);
  });

  it("name no account but the one of AWS's own examples", () => {
    const accounts = files.flatMap((file) => readFileSync(file, "utf8").match(/\b\d{12}\b/g) ?? []);
    expect(new Set(accounts)).toEqual(new Set(["111122223333"]));
  });
});
