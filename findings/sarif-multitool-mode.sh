#!/usr/bin/env bash
# npm's package of Microsoft's SARIF multitool does not run on Linux: its program is not executable.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed node npm
node_packages @microsoft/sarif-multitool@5.7.0
program=node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
cat >version.sh <<'END'
status=0
npx --no-install sarif-multitool --version >version.log 2>&1 || status=$?
echo "$1: exit status $status"
END
observe bash version.sh 'as installed'
chmod +x "$program"
observe bash version.sh 'made executable'
conclude "@microsoft/sarif-multitool 5.7.0 on Node $(node --version), npm $(npm --version)" \
    'The README of the package: npx @microsoft/sarif-multitool <args> runs the multitool. The package has
no script that npm would run on installing it, so the program comes executable: two times 0.' \
    'as installed: exit status 126
made executable: exit status 0'
