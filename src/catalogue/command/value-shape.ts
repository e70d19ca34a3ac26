import type { OptionTable, ValueType } from "../service-table.js";
import type { ValueShape } from "../values/option-value.js";

/** How the CLI reads an option's words; undefined for flags and for paths, which it takes as they are. */
export const valueShape = (service: string, operation: string, option: OptionTable): ValueShape | undefined => {
  if (option.type.kind === "flag" || isPath(option)) return undefined;
  const member = onlyMember(service, operation, option.name);
  if (member !== undefined) return { listOfOnly: member };
  const shape = shapeOf(option.type);
  // The CLI's own commands take several words where no model says that it is a list: `s3 mb --tags KEY VALUE`.
  return shape === "scalar" && option.words !== 1 && option.words !== "?" ? "list" : shape;
};

/** Whether the value is a path without `file://`. */
export const isPath = ({ mark }: OptionTable): boolean =>
  mark === "reads-file" || mark === "writes-file" || mark === "folder";

const shapeOf = (type: ValueType): ValueShape => {
  switch (type.kind) {
    case "list":
      return isScalar(type.element) ? "list" : "list-of-structures";
    case "structure":
    case "map":
      return type.kind;
    default:
      return "scalar";
  }
};

const isScalar = (type: ValueType): boolean => type.kind !== "structure" && type.kind !== "map" && type.kind !== "list";

// The CLI's "old list case" (awscli/argprocess.py): words of these options are the one member of a structure each.
const onlyMember = (service: string, operation: string, option: string): string | undefined => {
  switch (`${service} ${operation} ${option}`) {
    case "elb describe-instance-health instances":
    case "elb register-instances-with-load-balancer instances":
    case "elb deregister-instances-from-load-balancer instances":
      return "InstanceId";
    case "elb remove-tags tags":
      return "Key";
    case "firehose put-record-batch records":
      return "Data";
    case "workspaces reboot-workspaces reboot-workspace-requests":
    case "workspaces rebuild-workspaces rebuild-workspace-requests":
    case "workspaces terminate-workspaces terminate-workspace-requests":
      return "WorkspaceId";
    default:
      return undefined;
  }
};
