#!/usr/bin/env bash
# newLISP's json-parse turns each large integer into the same one, and a surrogate pair into two characters.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed newlisp
cat >texts.json <<'END'
[9223372036854775807, 9223372036854775808, 12345678901234567890, 1.5e300]
END
cat >pair.json <<'END'
["\ud83d\udcc4"]
END
cat >read.lsp <<'END'
(dolist (number (json-parse (read-file "texts.json"))) (println number))
(set 'character (first (json-parse (read-file "pair.json"))))
(write-file "character.txt" character)
(exit)
END
observe newlisp -n read.lsp
observe python3 -c 'print("a pair, in octets:", open("character.txt", "rb").read().hex(" "))'
conclude "$(newlisp -v)" \
    'RFC 8259, 6: an implementation has limits, and comes near to a number beyond them: the second and third are other
numbers than the first, as doubles or as an error. 7: two escapes of a surrogate pair are one character, here
U+1F4C4, in UTF-8 the octets f0 9f 93 84.' \
    '9223372036854775807
9223372036854775807
9223372036854775807
1.5e+300
a pair, in octets: ed a0 bd ed b3 84'
