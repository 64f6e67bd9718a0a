;; Adjustable vectors of SBCL.
(format t "= ~a ~a~%sbcl-vector" (lisp-implementation-type) (lisp-implementation-version))
(let ((vector (make-array 0 :adjustable t :fill-pointer t)) (seen 0))
  (dotimes (i 100000)
    (vector-push-extend i vector)
    (let ((capacity (array-total-size vector)))
      (unless (= capacity seen) (format t " ~a" capacity))
      (setf seen capacity))))
(terpri)
