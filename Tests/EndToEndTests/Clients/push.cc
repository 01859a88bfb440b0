// Pushes one metric of each type with prometheus-cpp: push HOST PORT JOB push|add|delete [LABEL=VALUE...]
//
// Prints the status of the answer, behind the answer's body, which libcurl prints by itself. A path may follow the port.
#include <prometheus/counter.h>
#include <prometheus/gateway.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/summary.h>

#include <iostream>
#include <memory>
#include <string>

using namespace prometheus;

static std::shared_ptr<Registry> registry() {
    auto registry = std::make_shared<Registry>();
    BuildCounter().Name("cpp_batches_total").Help("Batches.").Register(*registry).Add({{"kind", "full"}}).Increment(3);
    BuildGauge().Name("cpp_load").Help("Load.").Register(*registry).Add({}).Set(2.5);
    auto& duration = BuildHistogram().Name("cpp_duration_seconds").Help("Time.").Register(*registry).Add(
        {}, Histogram::BucketBoundaries{0.5, 1, 10});
    for (double seconds : {0.25, 0.75, 100.0}) duration.Observe(seconds);
    auto& size = BuildSummary().Name("cpp_size_bytes").Help("Size.").Register(*registry).Add(
        {}, Summary::Quantiles{{0.5, 0.05}});
    size.Observe(2);
    return registry;
}

int main(int count, char** arguments) {
    if (count < 5) return 2;
    Labels labels;
    for (int index = 5; index < count; index++) {
        const std::string pair = arguments[index];
        const auto middle = pair.find('=');
        labels[pair.substr(0, middle)] = pair.substr(middle + 1);
    }
    Gateway gateway(arguments[1], arguments[2], arguments[3], labels);
    const auto metrics = registry();
    gateway.RegisterCollectable(metrics);
    const std::string method = arguments[4];
    const int status = method == "push" ? gateway.Push() : method == "add" ? gateway.PushAdd() : gateway.Delete();
    std::cout << status << std::endl;
    return status == 200 ? 0 : 1;
}
