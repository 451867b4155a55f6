using Wasmtime;

namespace Filecoin.Fuzz.Wasm;

/// <summary>Small modules that use every section and most kinds of operators.</summary>
public static class SeedModules
{
    private static readonly string[] Texts =
    [
        """
        (module (func (export "f") (param i32) (result i32) (local i64 i64 f32)
          (block $out (loop $again
            (br_if $out (local.get 0))
            (br_table $out $again $out (local.tee 0 (i32.const 1)))))
          (drop (block (result i32) (br 0 (i32.const 9)) (drop (i64.const 5)) (i32.const 1)))
          (if (result i32) (local.get 0) (then (i32.const 1)) (else (return (i32.const 2))))))
        """,
        """
        (module (import "ipld" "open" (func $open (param i32 i64) (result i32)))
          (type $t (func (param i32) (result i32))) (memory (export "memory") 1 4)
          (table (export "table") 4 funcref) (global $g (mut i32) (i32.const 7))
          (elem (i32.const 1) $a $b) (data (i32.const 8) "hello") (data "passive")
          (func $a (param i32) (result i32) (call $open (local.get 0) (i64.const 9)))
          (func $b (param i32) (result i32)
            (call_indirect (type $t) (call $a (global.get $g)) (i32.const 1)))
          (func $s (global.set $g (memory.grow (i32.const 1)))
            (memory.copy (i32.const 0) (i32.const 8) (global.get $g))
            (memory.init 1 (i32.const 0) (i32.const 0) (i32.const 2)) (data.drop 1)
            (memory.fill (i32.const 0) (i32.const 0) (global.get $g)))
          (export "b" (func $b)) (start $s))
        """,
        """
        (module (table 4 funcref) (elem $e func 0 1) (elem declare func 1)
          (func (table.copy (i32.const 0) (i32.const 1) (i32.const 2))
            (table.init $e (i32.const 0) (i32.const 0) (i32.const 1)) (elem.drop $e)
            (table.set (i32.const 0) (table.get (i32.const 1))) (drop (table.size 0)))
          (func (result f64) (drop (select (i32.const 1) (i32.const 2) (i32.const 0)))
            (f64.sqrt (f64.const 2))
            (f64.add (f64.promote_f32 (f32.load (i32.const 0))))
            (i64.trunc_sat_f64_s) (i64.extend32_s) (f64.convert_i64_s) (return))
          (memory 1))
        """,
    ];

    public static byte[][] All { get; } = Array.ConvertAll(Texts, Module.ConvertText);
}
