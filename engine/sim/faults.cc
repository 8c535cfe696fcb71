// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "engine/base/text.h"
#include "engine/mtproto/gzip_packed.h"
#include "engine/tl/limits.h"

namespace mtpool::sim {

namespace {

struct Form {
  std::string_view name;
  Fault::Kind kind;
  std::vector<std::string_view> keys;
  std::string_view needed;  // one of the keys, or empty
};

const std::vector<Form>& forms() {
  static const std::vector<Form> kForms{
      {"flood_wait", Fault::Kind::FloodWait, {"method", "seconds", "every"}, "seconds"},
      {"close", Fault::Kind::Close, {"method", "every"}, "every"},
      {"delay", Fault::Kind::Delay, {"method", "milliseconds", "every"}, "milliseconds"},
      {"damage", Fault::Kind::Damage, {"method", "every"}, "every"}};
  return kForms;
}

std::vector<std::string_view> wordsOf(std::string_view line) {
  std::vector<std::string_view> words;
  while (!(line = trim(line)).empty()) {
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

Result<void> setKey(const Form& form, std::string_view word, Fault& fault) {
  const std::size_t equals = word.find('=');
  const std::string_view key = word.substr(0, equals);
  if (equals == std::string_view::npos ||
      std::find(form.keys.begin(), form.keys.end(), key) == form.keys.end()) {
    return Error(Errc::InvalidConfig, fmt::format("{} does not take \"{}\"; it takes {}", form.name,
                                                  printable(word), fmt::join(form.keys, ", ")));
  }
  const std::string_view value = word.substr(equals + 1);
  if (key == "method") {
    fault.method = value;
    return {};
  }
  const auto number = parseInt(value);
  if (!number || *number < 1 || *number > std::numeric_limits<std::int32_t>::max()) {
    return Error(Errc::InvalidConfig,
                 fmt::format("{} must be a whole number from 1, not \"{}\"", key, printable(value)));
  }
  (key == "seconds"        ? fault.seconds
   : key == "milliseconds" ? fault.milliseconds
                           : fault.every) = static_cast<std::int32_t>(*number);
  return {};
}

Result<Fault> parseFault(const std::vector<std::string_view>& words) {
  const auto form = std::find_if(forms().begin(), forms().end(),
                                 [&words](const Form& known) { return known.name == words.front(); });
  if (form == forms().end()) {
    return Error(Errc::InvalidConfig,
                 fmt::format("there is no fault \"{}\"; known are flood_wait, close, delay, damage",
                             printable(words.front())));
  }
  Fault fault;
  fault.kind = form->kind;
  bool complete = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    MTP_DO(setKey(*form, words[i], fault));
    complete = complete || words[i].starts_with(std::string(form->needed) + "=");
  }
  if (!complete) {
    return Error(Errc::InvalidConfig, fmt::format("{} needs {}=N", form->name, form->needed));
  }
  return fault;
}

}  // namespace

Result<std::vector<Fault>> parseFaults(std::string_view name, std::string_view text) {
  std::vector<Fault> faults;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line = line.substr(0, line.find('#'));
    const auto words = wordsOf(line);
    if (words.empty()) {
      continue;
    }
    auto fault = parseFault(words);
    if (!fault) {
      return std::move(fault).error().in(fmt::format("{}:{}", name, number));
    }
    faults.push_back(std::move(*fault));
  }
  return faults;
}

Bytes damaged(ByteView answer) {
  Bytes storage;
  std::size_t budget = mtproto::kInflatedPerPacket;
  const auto plain = mtproto::unpacked(answer, storage, budget);
  const ByteView whole = plain.ok() ? *plain : answer;
  Bytes out(whole.begin(), whole.end());
  constexpr std::size_t kWord = 4;
  std::size_t place = 0;
  for (std::size_t at = 0; at + 3 * kWord <= out.size(); at += kWord) {
    if (loadLe32(out.data() + at) == tl::kVectorId && loadLe32(out.data() + at + kWord) > 0) {
      place = at + 2 * kWord;
      break;
    }
  }
  storeLe32(out.data() + place, kDamageId);
  return out;
}

FaultVerdict FaultPlan::onRequest(std::int64_t client, std::string_view method) {
  FaultVerdict verdict;
  for (std::size_t i = 0; i < faults_.size(); ++i) {
    const Fault& fault = faults_[i];
    if ((!fault.method.empty() && fault.method != method) || ++seen_[{i, client}] % fault.every != 0) {
      continue;
    }
    switch (fault.kind) {
      case Fault::Kind::FloodWait:
        verdict.floodSeconds = fault.seconds;
        break;
      case Fault::Kind::Close:
        verdict.close = true;
        break;
      case Fault::Kind::Delay:
        verdict.delayMilliseconds = fault.milliseconds;
        break;
      case Fault::Kind::Damage:
        verdict.damage = true;
        break;
    }
  }
  return verdict;
}

}  // namespace mtpool::sim
