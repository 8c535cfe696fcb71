// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/tlgen/views.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/tl/tlgen/names.h"

namespace mtpool::tlgen {
namespace {

std::string viewType(const Type& type, const std::set<std::string>& known) {
  switch (type.kind) {
    case Kind::Int:
      return "std::int32_t";
    case Kind::Long:
      return "std::int64_t";
    case Kind::Double:
      return "double";
    case Kind::Bool:
    case Kind::True:
      return "bool";
    case Kind::String:
      return "std::string_view";
    case Kind::Bytes:
      return "ByteView";
    case Kind::Boxed:
      return known.count(type.name) != 0 ? "view::" + qualified(type.name) : "BoxedView";
    case Kind::Vector:
      return "VectorView<" + viewType(type.element[0], known) + ">";
    default:
      return {};
  }
}

/// Types whose empty value already says "absent".
bool emptyIsAbsent(const Field& field, const std::string& type) {
  return field.type.kind == Kind::True || field.type.kind == Kind::Vector || type == "BoxedView";
}

/// Bare objects and inner queries occur in no answer.
bool steppable(const Type& type) {
  return type.kind != Kind::Bare && type.kind != Kind::BareVector && type.kind != Kind::Query &&
         (type.element.empty() || steppable(type.element[0]));
}

class Planner {
 public:
  Planner(const Schema& schema, const List& list) : schema_(schema), list_(list) {}

  Result<View> plan(const ListLine& line) {
    View view;
    view.type = line.subject;
    if (schema_.constructorsOf(line.subject).empty()) {
      return wrong(line, fmt::format("the schema has no type '{}'", line.subject));
    }
    for (const auto& words : line.details) {
      ViewConstructor constructor;
      constructor.combinator = schema_.find(words[0]);
      if (constructor.combinator == nullptr || constructor.combinator->result.name != line.subject) {
        return wrong(line, fmt::format("type '{}' has no constructor '{}'", line.subject, words[0]));
      }
      for (const Field& field : constructor.combinator->fields) {
        if (!steppable(field.type)) {
          return wrong(
              line, fmt::format("field '{}' of '{}' is of a kind views do not have", field.name, words[0]));
        }
      }
      for (std::size_t i = 1; i < words.size(); ++i) {
        MTP_DO(want(line, view, constructor, words[i]));
      }
      view.constructors.push_back(std::move(constructor));
    }
    for (ViewField& field : view.fields) {
      const bool everywhere =
          std::all_of(view.constructors.begin(), view.constructors.end(), [&](const auto& c) {
            return std::any_of(c.wanted.begin(), c.wanted.end(),
                               [&](const auto& w) { return w.second == field.name; });
          });
      field.optional = field.optional || (!everywhere && neverEmpty_.count(field.name) != 0);
    }
    neverEmpty_.clear();
    known_.insert(view.type);
    return view;
  }

 private:
  Error wrong(const ListLine& line, const std::string& what) const { return at(list_.file, line.line, what); }

  Result<void> want(const ListLine& line, View& view, ViewConstructor& constructor, const std::string& word) {
    const std::size_t arrow = word.find('>');
    const std::string source = word.substr(0, arrow);
    const std::string name = arrow == std::string::npos ? source : word.substr(arrow + 1);
    const auto& fields = constructor.combinator->fields;
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == source; });
    if (found == fields.end()) {
      return wrong(line,
                   fmt::format("constructor '{}' has no field '{}'", constructor.combinator->name, source));
    }
    const std::string type = viewType(found->type, known_);
    if (type.empty()) {
      return wrong(line, fmt::format("field '{}' is of a kind views do not have", source));
    }
    const bool optional = found->condition && !emptyIsAbsent(*found, type);
    if (!emptyIsAbsent(*found, type)) {
      neverEmpty_.insert(name);
    }
    constructor.wanted[source] = name;
    const auto same =
        std::find_if(view.fields.begin(), view.fields.end(), [&](auto& f) { return f.name == name; });
    if (same == view.fields.end()) {
      view.fields.push_back({name, type, optional});
    } else if (same->type != type) {
      return wrong(line,
                   fmt::format("field '{}' is {} in one constructor, {} in another", name, same->type, type));
    } else {
      same->optional = same->optional || optional;
    }
    return {};
  }

  const Schema& schema_;
  const List& list_;
  std::set<std::string> known_;
  std::set<std::string> neverEmpty_;
};

}  // namespace

const ViewField& View::field(const std::string& name) const {
  return *std::find_if(fields.begin(), fields.end(),
                       [&](const ViewField& field) { return field.name == name; });
}

Result<std::vector<View>> planViews(const Schema& schema, const List& list) {
  Planner planner(schema, list);
  std::vector<View> views;
  for (const ListLine& line : list.lines) {
    MTP_TRY(View view, planner.plan(line));
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace mtpool::tlgen
