import type { FoundNetwork, Importer } from "./importer.js";
import { isRecord, type JsonRecord, recordsIn, textAt, textsIn, valueAt } from "./json-values.js";

/**
 * The attributes that hold networks, by type of resource. Subnets of a network are left out where the network itself
 * has addresses. A state holds passwords in clear text: nothing else of it is looked at.
 */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_vpc: ["cidr_block", "ipv6_cidr_block"],
  aws_vpc_ipv4_cidr_block_association: ["cidr_block"],
  aws_default_vpc: ["cidr_block"],
  aws_vpn_connection_route: ["destination_cidr_block"],
  aws_ec2_client_vpn_endpoint: ["client_cidr_block"],
  azurerm_virtual_network: ["address_space"],
  azurerm_local_network_gateway: ["address_space"],
  google_compute_subnetwork: ["ip_cidr_range"],
  google_container_cluster: ["cluster_ipv4_cidr", "services_ipv4_cidr"],
  hcloud_network: ["ip_range"],
  digitalocean_vpc: ["ip_range"],
};

/** A state file (version 4), or the output of `terraform show -json`. OpenTofu writes the same. */
export const terraform: Importer = {
  kind: "terraform",
  what: "a Terraform or OpenTofu state, or terraform show -json",
  recognizes: ({ json }) =>
    (isRecord(json) && "terraform_version" in json) || rootOf(json) !== undefined || isState(json),
  read: ({ json }) => ({ networks: [...fromState(json), ...fromModule(rootOf(json))] }),
};

function isState(json: unknown): boolean {
  return valueAt(json, "version") === 4 && Array.isArray(valueAt(json, "resources"));
}

function rootOf(json: unknown): JsonRecord | undefined {
  const root = valueAt(json, "values", "root_module") ?? valueAt(json, "planned_values", "root_module");
  return isRecord(root) ? root : undefined;
}

function fromState(json: unknown): FoundNetwork[] {
  return recordsIn(valueAt(json, "resources")).flatMap((resource) => {
    const type = textAt(resource, "type") ?? "";
    const module = textAt(resource, "module");
    const address = [module, resource["mode"] === "data" ? "data" : undefined, type, textAt(resource, "name")];
    const source = `terraform:${address.filter((part) => part !== undefined).join(".")}`;
    return recordsIn(resource["instances"]).flatMap(({ attributes }) => networksOf(type, attributes, source));
  });
}

function fromModule(module: JsonRecord | undefined): FoundNetwork[] {
  if (!module) return [];
  const own = recordsIn(module["resources"]).flatMap((resource) =>
    networksOf(textAt(resource, "type") ?? "", resource["values"], `terraform:${textAt(resource, "address") ?? ""}`),
  );
  return [...own, ...recordsIn(module["child_modules"]).flatMap(fromModule)];
}

function networksOf(type: string, attributes: unknown, source: string): FoundNetwork[] {
  const keys = Object.hasOwn(ATTRIBUTES, type) ? (ATTRIBUTES[type] ?? []) : [];
  if (keys.length === 0) return [];
  const name = textAt(attributes, "tags", "Name") ?? textAt(attributes, "name");
  return keys
    .flatMap((key) => textsIn(valueAt(attributes, key)))
    .filter((written) => written !== "")
    .map((written) => ({ written, name, source }));
}
