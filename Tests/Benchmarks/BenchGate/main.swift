import Glibc

// Does the work of one stage again and again, and measures nothing: `Tests/Benchmarks/gate` has its instructions counted.
//
//     BenchGate STAGE ROUNDS

let arguments = CommandLine.arguments
guard arguments.count == 3, let rounds = Int(arguments[2]), let stage = Stage(rawValue: arguments[1]) else {
    print(Stage.allCases.map(\.rawValue).joined(separator: "\n"))
    exit(arguments.count == 1 ? 0 : 2)
}
try stage.run(rounds: rounds)
