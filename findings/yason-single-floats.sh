#!/usr/bin/env bash
# yason reads a number with a fraction or an exponent as a single float: a time in seconds is a minute off.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

installed sbcl
export HOME="$work" # what is compiled goes there
cat >read.lisp <<'END'
(require :asdf)
(handler-bind ((warning #'muffle-warning))
  (let ((*standard-output* (make-broadcast-stream)) (*error-output* (make-broadcast-stream)))
    (asdf:load-system :yason)))
(dolist (text '("0.5" "1710928837.25" "16777217.0" "16777217" "1e39"))
  (format t "~a: ~a~%" text
          (handler-case (let ((value (yason:parse text)))
                          (if (= value (let ((*read-default-float-format* 'double-float)) (read-from-string text)))
                              "as written"
                              (format nil "~d" (round value))))
            (error (problem) (type-of problem)))))
(terpri)
END
sbcl --noinform --non-interactive --load read.lisp >first.log 2>&1 || not_tried "yason (cl-yason): $(tail -n 1 first.log)"
cat >ask.sh <<'END'
sbcl --noinform --non-interactive --load read.lisp | grep ': '
END
observe bash ask.sh
conclude "yason $(dpkg-query --showformat '${Version}' --show cl-yason 2>/dev/null || echo of an unknown version) on $(sbcl --version)" \
    'RFC 8259, 6: a number has the range and precision of an IEEE 754 double where it is to be understood everywhere.
These five are doubles, so each is as written.' \
    '0.5: as written
1710928837.25: 1710928896
16777217.0: 16777216
16777217: as written
1e39: READER-IMPOSSIBLE-NUMBER-ERROR'
