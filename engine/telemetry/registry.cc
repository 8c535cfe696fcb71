// SPDX-License-Identifier: Apache-2.0
#include "engine/telemetry/registry.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <deque>
#include <mutex>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace mtpool::telemetry {

struct Registry::State {
  mutable std::mutex mutex;
  prometheus::Registry metrics;
  std::map<std::string, prometheus::Family<prometheus::Counter>*> counterFamilies;
  std::map<std::string, prometheus::Family<prometheus::Gauge>*> gaugeFamilies;
  std::deque<std::unique_ptr<Counter>> counters;
  std::deque<std::unique_ptr<Gauge>> gauges;
  std::map<void*, Counter*> counterOf;
  std::map<void*, Gauge*> gaugeOf;
};

void Counter::add(std::uint64_t n) {
  static_cast<prometheus::Counter*>(handle_)->Increment(static_cast<double>(n));
}

std::uint64_t Counter::value() const {
  return static_cast<std::uint64_t>(static_cast<prometheus::Counter*>(handle_)->Value());
}

void Gauge::set(double value) {
  static_cast<prometheus::Gauge*>(handle_)->Set(value);
}

double Gauge::value() const {
  return static_cast<prometheus::Gauge*>(handle_)->Value();
}

Registry::Registry() : state_(std::make_unique<State>()) {}

Registry::~Registry() = default;

Counter& Registry::counter(const std::string& name, const std::string& help, const Labels& labels) {
  const std::lock_guard lock(state_->mutex);
  auto*& family = state_->counterFamilies[name];
  if (family == nullptr) {
    family = &prometheus::BuildCounter().Name(name).Help(help).Register(state_->metrics);
  }
  void* handle = &family->Add(labels);
  Counter*& known = state_->counterOf[handle];
  if (known == nullptr) {
    state_->counters.push_back(std::unique_ptr<Counter>(new Counter(handle)));
    known = state_->counters.back().get();
  }
  return *known;
}

Gauge& Registry::gauge(const std::string& name, const std::string& help, const Labels& labels) {
  const std::lock_guard lock(state_->mutex);
  auto*& family = state_->gaugeFamilies[name];
  if (family == nullptr) {
    family = &prometheus::BuildGauge().Name(name).Help(help).Register(state_->metrics);
  }
  void* handle = &family->Add(labels);
  Gauge*& known = state_->gaugeOf[handle];
  if (known == nullptr) {
    state_->gauges.push_back(std::unique_ptr<Gauge>(new Gauge(handle)));
    known = state_->gauges.back().get();
  }
  return *known;
}

std::string Registry::text() const {
  return prometheus::TextSerializer().Serialize(state_->metrics.Collect());
}

std::string Registry::json() const {
  boost::json::object out;
  for (const auto& family : state_->metrics.Collect()) {
    for (const auto& metric : family.metric) {
      std::string key = family.name;
      for (const auto& label : metric.label) {
        key += key.find('{') == std::string::npos ? "{" : ",";
        key += label.name + "=\"" + label.value + "\"";
      }
      if (!metric.label.empty()) {
        key += "}";
      }
      const double value =
          family.type == prometheus::MetricType::Counter ? metric.counter.value : metric.gauge.value;
      out[key] = value;
    }
  }
  return boost::json::serialize(out);
}

}  // namespace mtpool::telemetry
