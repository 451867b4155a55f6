;; A counter. Method 2 adds 1 to the count that its state holds, and returns the new count.
;; Method 3 gives all that it was sent to the actor 99, which burns it.
;; The state is a raw block of 8 bytes; a new actor's state is an empty CBOR list.
(module
  (import "ipld" "block_open" (func $open (param i32 i32) (result i32)))
  (import "ipld" "block_read" (func $read (param i32 i32 i32 i32 i32) (result i32)))
  (import "ipld" "block_create" (func $create (param i32 i64 i32 i32) (result i32)))
  (import "ipld" "block_link" (func $link (param i32 i32 i64 i32 i32 i32) (result i32)))
  (import "self" "root" (func $root (param i32 i32 i32) (result i32)))
  (import "self" "set_root" (func $set_root (param i32) (result i32)))
  (import "self" "current_balance" (func $balance (param i32) (result i32)))
  (import "send" "send"
    (func $send (param i32 i32 i32 i64 i32 i64 i64 i64 i64) (result i32)))
  (import "vm" "message_context" (func $context (param i32) (result i32)))
  (import "vm" "exit" (func $exit (param i32 i32 i32 i32) (result i32)))

  (memory (export "memory") 1)
  ;; 0: what a syscall gives. 100: a CID. 200: the count. 300: the address f099. 320: a message.
  (data (i32.const 300) "\00\63")
  (data (i32.const 320) "no such method")

  ;; A syscall that fails ends the actor with exit code 40.
  (func $check (param $error i32)
    (if (local.get $error)
      (then (drop (call $exit (i32.const 40) (i32.const 0) (i32.const 0) (i32.const 0))))))

  ;; Reads the count to 200: 0 while the state is not 8 bytes long.
  (func $load
    (call $check (call $root (i32.const 0) (i32.const 100) (i32.const 100)))
    (call $check (call $open (i32.const 0) (i32.const 100)))
    (if (i32.eq (i32.load (i32.const 12)) (i32.const 8))
      (then
        (call $check
          (call $read
            (i32.const 16) (i32.load (i32.const 8))
            (i32.const 0) (i32.const 200) (i32.const 8))))))

  ;; Writes the count at 200 and gives the handle of its block.
  (func $save (result i32)
    (call $check
      (call $create (i32.const 0) (i64.const 0x55) (i32.const 200) (i32.const 8)))
    (call $check
      (call $link
        (i32.const 4) (i32.load (i32.const 0))
        (i64.const 0xb220) (i32.const 32) (i32.const 100) (i32.const 100)))
    (call $check (call $set_root (i32.const 100)))
    (i32.load (i32.const 0)))

  (func $add (result i32)
    (call $load)
    (i64.store (i32.const 200) (i64.add (i64.load (i32.const 200)) (i64.const 1)))
    (call $save))

  (func $burn
    (call $check (call $balance (i32.const 0)))
    (call $check
      (call $send
        (i32.const 32) (i32.const 300) (i32.const 2) (i64.const 0) (i32.const 0)
        (i64.load (i32.const 8)) (i64.load (i32.const 0)) (i64.const -1) (i64.const 0))))

  (func (export "invoke") (param i32) (result i32)
    (local $method i64)
    (call $check (call $context (i32.const 0)))
    (local.set $method (i64.load (i32.const 32)))
    (if (i64.eq (local.get $method) (i64.const 2)) (then (return (call $add))))
    (if (i64.eq (local.get $method) (i64.const 3))
      (then (call $burn) (return (i32.const 0))))
    (drop (call $exit (i32.const 22) (i32.const 0) (i32.const 320) (i32.const 14)))
    unreachable))
