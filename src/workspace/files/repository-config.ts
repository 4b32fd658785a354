import { joinPath } from "../../kit/paths.js";
import { failure, success, type Result } from "../../kit/result.js";
import { toPosix } from "./native-paths.js";
import { parseGitConfig, type GitSetting } from "./git-config.js";
import { readShort, resolved, statOf, type WorkTree } from "./git-folder.js";

/**
 * What `core` may hold. None of it starts a program in the commands that we give, or `git.ts` overrides it there.
 * A setting that a later git brings is not among them until somebody has looked at it.
 */
const KNOWN_IN_CORE: ReadonlySet<string> = new Set(
  `abbrev askpass attributesfile autocrlf bare bigfilethreshold checkroundtripencoding checkstat
  commentchar commentstring commitgraph compression createobject deltabasecachelimit editor eol excludesfile fileMode
  filesreflocktimeout fscache fsmonitor fsync fsyncmethod fsyncobjectfiles gitproxy hidedotfiles hookspath ignorecase
  ignorestat logallrefupdates longpaths loosecompression lockfilepid maxtreedepth multipackindex notesref
  packedgitlimit packedgitwindowsize packedrefstimeout pager precomposeunicode prefersymlinkrefs
  preloadindex protecthfs protectntfs quotepath repositoryformatversion restrictinheritedhandles safecrlf
  sharedrepository sparsecheckout sparsecheckoutcone splitindex sshcommand symlinks trustctime unsetenvvars
  untrackedcache usereplacerefs warnambiguousrefs whitespace worktree`
    .toLowerCase()
    .split(/\s+/),
);

/**
 * Why git must not be started with the configuration of a repository, if it must not: the rest of a sentence that
 * begins with "its git configuration". What filters, diff and credential helpers name is
 * harmless: the commands that we give compare no contents and reach no network.
 */
export function dangerIn(tree: WorkTree): string | undefined {
  const common = settingsIn(joinPath(tree.commonFolder, "config"));
  if (!common.ok) return common.fault;
  const isSplit = common.value.some(({ section, name }) => section === "extensions" && name === "worktreeconfig");
  const own = isSplit ? settingsIn(joinPath(tree.gitFolder, "config.worktree")) : success([]);
  if (!own.ok) return own.fault;
  const dangerous = [...common.value, ...own.value].find((setting) => isDangerous(setting, tree));
  return dangerous && `sets ${keyOf(dangerous)}`;
}

function settingsIn(path: string): Result<readonly GitSetting[], string> {
  if (!statOf(path)) return success([]);
  const text = readShort(path);
  if (text === undefined) return failure("can't be read");
  const parsed = parseGitConfig(text);
  return parsed.ok ? parsed : failure(`is not as git writes it (${parsed.fault})`);
}

function isDangerous({ section, name, value }: GitSetting, { top, gitFolder }: WorkTree): boolean {
  switch (section) {
    case "include":
    case "includeif":
    case "hook":
      return true;
    case "core":
      if (name === "worktree") return resolved(joinPath(gitFolder, toPosix(value ?? ""))) !== top;
      return !KNOWN_IN_CORE.has(name);
    default:
      return false;
  }
}

function keyOf({ section, subsection, name }: GitSetting): string {
  return [section, ...(subsection === undefined ? [] : [subsection]), name].join(".");
}
