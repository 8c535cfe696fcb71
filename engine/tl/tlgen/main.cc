// SPDX-License-Identifier: Apache-2.0
// tlgen: turns a .tl schema into C++ at build time.
//
//   tlgen --schema FILE --space NAME --out DIR (--whole SECTION | --types FILE --methods FILE [--views FILE])
//
// Writes below DIR only what changed. Exit 1 with "file:line: what" when an input is wrong, 2 on wrong usage.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "engine/tl/tlgen/closure.h"
#include "engine/tl/tlgen/emit.h"
#include "engine/tl/tlgen/views.h"

namespace mtpool::tlgen {
namespace {

using Options = std::map<std::string, std::string>;

Result<std::string> readFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) {
    return Error(Errc::Io, path + ": cannot be read");
  }
  return text.str();
}

Result<void> writeFile(const std::filesystem::path& path, const std::string& text) {
  std::ifstream old(path, std::ios::binary);
  std::ostringstream present;
  present << old.rdbuf();
  if (old && present.str() == text) {
    return {};
  }
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) {
    return Error(Errc::Io, path.string() + ": cannot be written");
  }
  return {};
}

Result<List> readList(const std::string& path) {
  MTP_TRY(const std::string text, readFile(path));
  return parseList(path, text);
}

Result<std::vector<Output>> generate(const Options& options) {
  const std::string file = options.at("schema");
  const std::string space = options.at("space");
  MTP_TRY(const std::string text, readFile(file));
  MTP_TRY(const Schema schema, parseSchema(file, text));
  MTP_DO(checkIds(schema));
  std::vector<Output> files = emitNames(schema, space);
  const auto take = [&files](std::vector<Output> more) {
    files.insert(files.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  };
  if (options.count("whole") != 0) {
    MTP_TRY(const Plan plan, Plan::makeWhole(schema, space, options.at("whole")));
    take(emitStructs(plan));
    return files;
  }
  MTP_TRY(const List types, readList(options.at("types")));
  MTP_TRY(const List methods, readList(options.at("methods")));
  MTP_TRY(const Plan plan, Plan::make(schema, space, types, methods));
  List views;
  if (options.count("views") != 0) {
    MTP_TRY(views, readList(options.at("views")));
  }
  MTP_TRY(const Closure closure, closureOf(plan, views));
  MTP_TRY(std::vector<Output> projections, emitViews(schema, space, views));
  take(emitStructs(plan));
  take(emitSkip(plan, closure));
  take(std::move(projections));
  return files;
}

Result<void> run(const Options& options) {
  MTP_TRY(const std::vector<Output> files, generate(options));
  const std::filesystem::path folder = options.at("out");
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  for (const Output& file : files) {
    MTP_DO(writeFile(folder / file.path, file.text));
  }
  return {};
}

bool complete(const Options& options) {
  const bool lists = options.count("types") != 0 && options.count("methods") != 0;
  return options.count("schema") != 0 && options.count("space") != 0 && options.count("out") != 0 &&
         lists != (options.count("whole") != 0);
}

}  // namespace
}  // namespace mtpool::tlgen

int main(int argc, char** argv) {
  mtpool::tlgen::Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    options[std::string(name.substr(name.find_first_not_of('-')))] = argv[i + 1];
  }
  if (argc % 2 == 0 || !mtpool::tlgen::complete(options)) {
    std::fputs(
        "usage: tlgen --schema FILE --space NAME --out DIR "
        "(--whole SECTION | --types FILE --methods FILE [--views FILE])\n",
        stderr);
    return 2;
  }
  const auto done = mtpool::tlgen::run(options);
  if (!done.ok()) {
    std::fprintf(stderr, "%s\n", done.error().text().c_str());
    return 1;
  }
  return 0;
}
