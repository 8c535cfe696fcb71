// SPDX-License-Identifier: Apache-2.0
// mtpoolctl talking to the fake engine.
#pragma once

#include <sys/stat.h>

#include <fstream>
#include <string>
#include <utility>

#include "tests/cli/program.h"
#include "tests/control/fake_engine.h"

namespace mtpool::test {

inline Program on(const FakeEngine& engine, Words words) {
  words.emplace_back("--socket=" + engine.socket());
  return Program(std::move(words));
}

/// A private file with this text, for an option that names one.
inline std::string write(const FakeEngine& engine, const std::string& name, const std::string& text) {
  std::ofstream(engine.file(name)) << text;
  MTP_CHECK(::chmod(engine.file(name).c_str(), 0600) == 0);
  return engine.file(name);
}

}  // namespace mtpool::test
