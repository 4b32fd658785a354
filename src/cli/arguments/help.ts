export const HELP = `compose-networks [check] [options] [paths]
                                          check compose files
compose-networks init [options]           set up the working directory: asks, shows a diff, and writes
compose-networks list [options] [paths]   show the networks that each project would create
compose-networks import [options] [file]  make a forbidden-ranges file of what another tool prints
compose-networks renumber NETWORK [--to CIDR] [--fix] [paths]
                                          move a network to another subnet, with all that hangs on it
compose-networks free [--prefix N] [--count N]
                                          show what is left of the pools, and who has the rest
compose-networks doctor [ADDRESS]         ask this host: which Docker network has whose addresses, and what ends it
compose-networks map [options] [paths]    draw who has which addresses
compose-networks explain RULE             show the page of a rule
compose-networks explain CIDR|ADDRESS     show who has these addresses: policy, pools, Docker, networks
compose-networks lsp [options]            serve an editor over standard input and output (language server protocol);
                                          takes --ranges, --id, --env, --rule and the options for files

A path is a compose file of any name, or a directory: then every compose file below it that git does not ignore.
Without a path it is the working directory. A forbidden-ranges file stands for the directory it lies in.

  --fix                   write what can be fixed
  --fix-dry-run           print what --fix would write as a diff, and write nothing
  --format FORMAT         how findings are reported: text, json, sarif, github, gitlab or junit
  --stdin                 check the text from standard input; with --fix the fixed text is printed
  --stdin-filename NAME   the file that this text stands for (compose.yaml)
  --ranges FILE           this forbidden-ranges file for all compose files, instead of the nearest one
  --env NAME[=VALUE]      a variable of the shell that counts; without a value, the one it has there
  --allow-outside DIR     read the files of this directory outside the work tree; repeat the option for more
  --max-file-size SIZE    read files up to this size, such as 8M (2M; plain lists and daemon.json 16M)
  --rule NAME:SEVERITY    set a rule to off, warn or error; repeat the option for more
  --rule 'NAME: {JSON}'   set options of a rule, as in 'require-subnet: {"when": "unsafe"}'
  --exclude GLOB          do not check these files and folders; repeat the option for more
  --suppress-all          write all findings into the baseline: they are no longer reported
  --suppress-rule NAME    write the findings of one rule into the baseline; repeat the option for more
  --prune-suppressions    remove from the baseline what is no longer found
  --max-warnings N        fail when there are more warnings than this
  --verbose               show each finding whole, also on the first run without a policy file
  --profile NAME          list: a profile that is enabled, instead of all; can be given again
  --from KIND             import: what the text is, where that is not clear from the text
  --to CIDR               renumber: the subnet to move to, instead of the next free one
  --prefix N              free and init: the prefix length of the subnets of a pool
  --count N               free: how many of each pool are shown (3)
  --forbid "RANGE NAME"   init: a range that Compose must stay off; can be given again
  --import FILE           init: a file with routes or networks to stay off, as for import
  --pool CIDR             init: the address space that fixes may take subnets from
  --id NAME               init: a name that no other repository has
  --with NAMES            init: what is to run the check, one or more of eslint, vscode, pre-commit,
                          lint-staged and git-hook
  --yes                   init: write without asking
  --dry-run               init: print what would be written as a diff, and write nothing
  --save FILE             doctor: write what this host says into a file: routes, addresses and networks
  --container-names       doctor: save the names of containers as well
  --from FILE             map: the output of list --format json from another repository, or a snapshot of a host;
                          repeat the option for more
  --from FILE             doctor: look at such a file, instead of this host
  --diff BEFORE [AFTER]   doctor: which networks came and went between two such files, or since one
  --watch                 doctor: the same, as it happens
  --exec PROGRAM          doctor: start a program for each network that comes or goes, with JSON on its
                          standard input and without arguments
  --no-cache              neither use nor write what earlier runs have kept
  --cache-location DIR    where that is kept, instead of the user's folder for caches
  -q, --quiet             show errors only, and nothing where there are none
  --color, --no-color     with colors or without, wherever the output goes
  -h, --help              print this
  -V, --version           print the version
  --                      what follows are paths

Exit codes: 0 clean, 1 findings, 2 trouble with the call, a file or the forbidden ranges, 3 nothing to check.
`;
