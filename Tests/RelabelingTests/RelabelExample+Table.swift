extension RelabelExample {
    /// What Prometheus makes of rules and labels; run through its own code.
    static let all: [RelabelExample] = [
        .init(
            1, "source_labels: [a]; regex: f(.*); target_label: d; replacement: ch${1}-ch${1}",
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="choo-choo"}"#)
        ),
        .init(
            2,
            "source_labels: [a, b]; regex: f(.*);(.*)r; target_label: a; replacement: b${1}${2}m ⏎ source_labels: [c, a]; regex: (b).*b(.*)ba(.*); target_label: d; replacement: $1$2$2$3",
            .leaves(#"{__name__="m",a="boobam",b="bar",c="baz",d="boooom"}"#)
        ),
        .init(3, "source_labels: [a]; target_label: d", .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="foo"}"#)),
        .init(
            4, "target_label: env; replacement: prod", .leaves(#"{__name__="m",a="foo",b="bar",c="baz",env="prod"}"#)
        ),
        .init(5, "source_labels: [nope]; target_label: b", .leaves(#"{__name__="m",a="foo",c="baz"}"#)),
        .init(6, "source_labels: [nope]; regex: (.+); target_label: b", .unchanged),
        .init(7, "source_labels: [a]; regex: oo; target_label: d; replacement: x", .unchanged),
        .init(
            8, "source_labels: [a]; regex: .*oo; target_label: d; replacement: x",
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="x"}"#)
        ),
        .init(
            9, "source_labels: [a]; regex: f|foo; target_label: d; replacement: x",
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="x"}"#)
        ),
        .init(
            10, "source_labels: [a]; regex: ^foo$; target_label: d; replacement: x",
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="x"}"#)
        ),
        .init(
            11, "source_labels: [a]; regex: line1.*line2; target_label: d; replacement: x", on: #"{a="line1\nline2"}"#,
            .leaves(#"{a="line1\nline2",d="x"}"#)
        ),
        .init(12, "source_labels: [a]; regex: FOO; target_label: d; replacement: x", .unchanged),
        .init(
            13, "source_labels: [a]; regex: (?i)FOO; target_label: d; replacement: x",
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="x"}"#)
        ),
        .init(
            14, "source_labels: [a]; regex: (f).*; target_label: $1; replacement: $2", on: #"{a="foo",f="baz"}"#,
            .leaves(#"{a="foo"}"#)
        ),
        .init(
            15, "source_labels: [a]; regex: some-([^-]+)-([^,]+); target_label: ${1}; replacement: ${2}",
            on: #"{a="some-name-value"}"#, .leaves(#"{a="some-name-value",name="value"}"#)
        ),
        .init(16, "source_labels: [a]; regex: (.*); target_label: d; replacement: $1x", .unchanged),
        .init(
            17, "source_labels: [a]; regex: (.*); target_label: d; replacement: $1-x",
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="foo-x"}"#)
        ),
        .init(
            18, "source_labels: [a]; regex: (.*); target_label: d; replacement: $$1",
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="$1"}"#)
        ),
        .init(
            19, "source_labels: [a]; regex: (?P<x>.*)o; target_label: d; replacement: ${x}!",
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="fo!"}"#)
        ),
        .init(
            20, #"source_labels: [a, b]; separator: "-"; target_label: d"#,
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="foo-bar"}"#)
        ),
        .init(
            21, #"source_labels: [a, b]; separator: ""; target_label: d"#,
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="foobar"}"#)
        ),
        .init(
            22, "source_labels: [a, nope, b]; target_label: d",
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="foo;;bar"}"#)
        ),
        .init(
            23, #"source_labels: [a]; target_label: a; replacement: """#, .leaves(#"{__name__="m",b="bar",c="baz"}"#)
        ),
        .init(24, "source_labels: [__name__]; regex: m; action: drop", .dropped),
        .init(25, "source_labels: [__name__]; regex: n; action: drop", .unchanged),
        .init(26, "source_labels: [a]; regex: f.*; action: keep", .unchanged),
        .init(27, "source_labels: [a]; regex: x.*; action: keep", .dropped),
        .init(28, #"source_labels: [nope]; regex: ""; action: drop"#, .dropped),
        .init(29, "source_labels: [nope]; regex:; action: drop", .dropped),
        .init(30, "action: drop", .dropped),
        .init(
            31, "source_labels: [p1]; action: keepequal; target_label: p2", on: #"{__name__="m",p1="1",p2="1"}"#,
            .leaves(#"{__name__="m",p1="1",p2="1"}"#)
        ),
        .init(
            32, "source_labels: [p1]; action: keepequal; target_label: p2", on: #"{__name__="m",p1="1",p2="2"}"#,
            .dropped
        ),
        .init(
            33, "source_labels: [p1]; action: dropequal; target_label: p2", on: #"{__name__="m",p1="1",p2="1"}"#,
            .dropped
        ),
        .init(34, "source_labels: [nope]; action: dropequal; target_label: nope2", .dropped),
        .init(
            35, "source_labels: [c]; action: hashmod; modulus: 1000; target_label: d",
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="976"}"#)
        ),
        .init(
            36, "source_labels: [a]; action: hashmod; modulus: 1000; target_label: d", on: #"{a="foo\nbar"}"#,
            .leaves(#"{a="foo\nbar",d="734"}"#)
        ),
        .init(
            37, "source_labels: [nope]; action: hashmod; modulus: 8; target_label: __tmp_h",
            .leaves(#"{__name__="m",__tmp_h="6",a="foo",b="bar",c="baz"}"#)
        ),
        .init(
            38,
            #"source_labels: [a]; action: hashmod; modulus: 2; target_label: __tmp_h ⏎ source_labels: [__tmp_h]; regex: "0"; action: keep ⏎ regex: __tmp_h; action: labeldrop"#,
            .unchanged
        ),
        .init(
            39, "regex: (b.*); replacement: bar_${1}; action: labelmap", on: #"{a="foo",b1="bar",b2="baz"}"#,
            .leaves(#"{a="foo",b1="bar",b2="baz",bar_b1="bar",bar_b2="baz"}"#)
        ),
        .init(
            40, "regex: __meta_(my.*); action: labelmap", on: #"{__meta_my_bar="aaa",__meta_other="ccc",a="foo"}"#,
            .leaves(#"{__meta_my_bar="aaa",__meta_other="ccc",a="foo",my_bar="aaa"}"#)
        ),
        .init(
            41, "regex: (b).*; replacement: x; action: labelmap", on: #"{b1="1",b2="2"}"#,
            .leaves(#"{b1="1",b2="2",x="2"}"#)
        ),
        .init(
            42, "regex: b.*; action: labeldrop", on: #"{__name__="m",a="foo",b1="bar",b2="baz"}"#,
            .leaves(#"{__name__="m",a="foo"}"#)
        ),
        .init(43, "regex: b.*; action: labelkeep", on: #"{__name__="m",a="foo",b1="bar"}"#, .leaves(#"{b1="bar"}"#)),
        .init(
            44, "regex: __name__|b.*; action: labelkeep", on: #"{__name__="m",a="foo",b1="bar"}"#,
            .leaves(#"{__name__="m",b1="bar"}"#)
        ),
        .init(
            45,
            "source_labels: [a]; action: uppercase; target_label: u ⏎ source_labels: [a]; action: lowercase; target_label: l",
            on: #"{a="bAr123Fooß"}"#, .leaves(#"{a="bAr123Fooß",l="bar123fooß",u="BAR123FOOß"}"#)
        ),
        .init(
            46, "source_labels: [a]; action: UpperCase; target_label: u", on: #"{a="x"}"#, .leaves(#"{a="x",u="X"}"#)
        ),
        .init(
            47, "source_labels: [__name__]; regex: (.*); target_label: __name__; replacement: pre_$1",
            .leaves(#"{__name__="pre_m",a="foo",b="bar",c="baz"}"#)
        ),
        .init(
            48, #"source_labels: [a]; target_label: "bad-label"; replacement: x"#,
            .leaves(#"{__name__="m",a="foo",b="bar",bad-label="x",c="baz"}"#)
        ),
        // The next three are refused or left out by Prometheus where names are of the legacy form; by default they are not.
        .init(
            49, #"source_labels: [a]; target_label: "bad-label"; replacement: x"#,
            .leaves(#"{__name__="m",a="foo",b="bar",bad-label="x",c="baz"}"#)
        ),
        .init(
            50, "source_labels: [a]; regex: (.*); target_label: ${1}-x; replacement: y",
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",foo-x="y"}"#)
        ),
        .init(
            51, "source_labels: [a]; regex: (.*); target_label: ${1}; replacement: y", on: #"{a="1-2"}"#,
            .leaves(#"{1-2="y",a="1-2"}"#)
        ),
        .init(
            52, "source_labels: [a]; regex: (.*); target_label: ${1}; replacement: y", on: #"{a="1-2"}"#,
            .leaves(#"{1-2="y",a="1-2"}"#)
        ),
        .init(
            53, "action: hashmod; source_labels: [a]; target_label: d",
            .refused("modulus: is needed by the action hashmod")
        ),
        .init(54, "action: replace; source_labels: [a]", .refused("target_label: is needed by the action replace")),
        .init(
            55, "action: labeldrop; regex: a; source_labels: [b]",
            .refused("source_labels: has no meaning for the action labeldrop")
        ),
        .init(
            56, "action: keepequal; source_labels: [a]; target_label: b; regex: x",
            .refused("regex: has no meaning for the action keepequal")
        ),
        .init(
            57, "action: lowercase; source_labels: [a]; target_label: b; replacement: x",
            .refused("replacement: has no meaning for the action lowercase")
        ),
        .init(58, "action: bogus", .refused("action: expected one of replace, keep")),
        .init(
            59, #"source_labels: [a]; regex: "("; target_label: b"#,
            .refused(#"regex: "(" is no regular expression of RE2: missing )"#)
        ),
        .init(60, "source_labels: [a]; regx: x; target_label: b", .refused("regx: unknown key; did you mean regex?")),
        .init(
            61, "source_labels: [a]; regex: (?<x>f).*; target_label: d; replacement: $x",
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="f"}"#)
        ),
        .init(
            62, #"source_labels: [a]; regex: (a)|(f)oo; target_label: d; replacement: "[$1][$2]""#,
            .leaves(#"{__name__="m",a="foo",b="bar",c="baz",d="[][f]"}"#)
        ),
        .init(
            63, "source_labels: [empty]; target_label: d; regex: (.*); replacement: x$1",
            on: #"{__name__="m",empty=""}"#, .leaves(#"{__name__="m",d="x"}"#)
        ),
        .init(64, "regex: .*; action: labeldrop", .leaves("{}")),
    ]
}
