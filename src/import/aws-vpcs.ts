import type { FoundNetwork, Importer } from "./importer.js";
import { type JsonRecord, recordsIn, textAt, valueAt } from "./json-values.js";

/** `aws ec2 describe-vpcs`. */
export const awsVpcs: Importer = {
  kind: "aws-vpcs",
  what: "aws ec2 describe-vpcs",
  recognizes: ({ json }) => recordsIn(valueAt(json, "Vpcs")).some(({ VpcId }) => typeof VpcId === "string"),
  read: ({ json }) => ({ networks: recordsIn(valueAt(json, "Vpcs")).flatMap(networksOf) }),
};

/** `CidrBlock` is only the first block of a VPC. */
function networksOf(vpc: JsonRecord): FoundNetwork[] {
  const about = {
    source: `aws:${textAt(vpc, "VpcId") ?? ""}`,
    name: recordsIn(vpc["Tags"]).flatMap((tag) => (tag["Key"] === "Name" ? (textAt(tag, "Value") ?? []) : []))[0],
  };
  const blocks = [
    ...recordsIn(vpc["CidrBlockAssociationSet"]).map((block) => blockOf(block, "CidrBlock")),
    ...recordsIn(vpc["Ipv6CidrBlockAssociationSet"]).map((block) => blockOf(block, "Ipv6CidrBlock")),
  ];
  const only = textAt(vpc, "CidrBlock");
  if (blocks.length === 0 && only !== undefined) return [{ written: only, ...about }];
  return blocks.map((block) => ({ ...block, ...about }));
}

function blockOf(block: JsonRecord, key: "CidrBlock" | "Ipv6CidrBlock"): Pick<FoundNetwork, "written" | "dropped"> {
  const state = textAt(block, `${key}State`, "State") ?? "associated";
  const isGone = /^(?:disassociat|fail)/.test(state);
  return { written: textAt(block, key) ?? "", dropped: isGone ? "no longer part of its VPC" : undefined };
}
