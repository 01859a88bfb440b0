import Logging
import Settings
import Synchronization
import Telemetry
import Testing

@testable import PushCollector

@Suite("Reading the configuration anew")
struct ReloaderTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func page(_ metrics: Metrics) -> Bool {
        metrics.page().contains("push_collector_config_last_reload_successful 1\n")
    }

    @Test func `what cannot be read changes nothing, and all of it is said`() async {
        let metrics = Metrics(build: Version.buildInfo, destinations: [])
        let errors = ["c.yaml:1:1: foo: unknown key", "c.yaml:2:1: bar: unknown key"]
        let source = ReloadSource(read: { () throws(CommandError) in throw .configuration(errors) })
        let reloader = Reloader(source, (metrics.reloads, .none), logger: logger) { settings throws(CommandError) in
            Issue.record("changed")
            return SettingsChange(from: settings, to: settings)
        }
        #expect(await reloader.reload() == errors)
        #expect(!page(metrics))
    }

    @Test func `what cannot be put in force says why, and the next that can is`() async {
        let metrics = Metrics(build: Version.buildInfo, destinations: [])
        let isWrong = Mutex(true)
        let source = ReloadSource(read: { () throws(CommandError) in Settings() })
        let reloader = Reloader(source, (metrics.reloads, .none), logger: logger) { settings throws(CommandError) in
            if isWrong.withLock({ $0 }) { throw .start("no") }
            return SettingsChange(from: Settings(), to: settings)
        }
        #expect(await reloader.reload() == ["push-collector: no"])
        #expect(!page(metrics))
        isWrong.withLock { $0 = false }
        #expect(await reloader.reload() == [])
        #expect(page(metrics))
    }

    @Test func `after the end nothing is read any more`() async {
        let metrics = Metrics(build: Version.buildInfo, destinations: [])
        let source = ReloadSource(read: { () throws(CommandError) in
            Issue.record("read")
            return Settings()
        })
        let reloader = Reloader(source, (metrics.reloads, .none), logger: logger) { settings throws(CommandError) in
            SettingsChange(from: settings, to: settings)
        }
        reloader.end()
        #expect(await reloader.reload() == ["configuration not reloaded: the process is about to end"])
    }

    @Test func `reloads come one after the other`() async {
        let metrics = Metrics(build: Version.buildInfo, destinations: [])
        let depths = Mutex((now: 0, most: 0, all: 0))
        let source = ReloadSource(read: { () throws(CommandError) in Settings() })
        let reloader = Reloader(source, (metrics.reloads, .none), logger: logger) { settings throws(CommandError) in
            depths.withLock { depths in
                depths.now += 1
                depths.all += 1
                depths.most = max(depths.most, depths.now)
            }
            for _ in 0..<20 { await Task.yield() }
            depths.withLock { $0.now -= 1 }
            return SettingsChange(from: settings, to: settings)
        }
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<20 { tasks.addTask { _ = await reloader.reload() } }
        }
        #expect(depths.withLock { $0.most } == 1)
        #expect(depths.withLock { $0.all } == 20)
    }
}
