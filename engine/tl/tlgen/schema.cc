// SPDX-License-Identifier: Apache-2.0
#include "engine/tl/tlgen/schema.h"

#include <fmt/format.h>

#include <charconv>

#include "engine/tl/tlgen/lexer.h"

namespace mtpool::tlgen {
namespace {

const std::map<std::string_view, Kind> kPlainTypes = {
    {"int", Kind::Int},       {"long", Kind::Long},     {"double", Kind::Double},
    {"int128", Kind::Int128}, {"int256", Kind::Int256}, {"string", Kind::String},
    {"bytes", Kind::Bytes},   {"Bool", Kind::Bool},     {"true", Kind::True},
};

/// The part of a dotted name behind the last dot.
std::string_view lastPart(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

class Parser {
 public:
  Parser(std::string file, std::vector<Token> tokens) : tokens_(std::move(tokens)) {
    schema_.file = std::move(file);
  }

  Result<Schema> parse() {
    bool methods = false;
    while (next_ < tokens_.size()) {
      if (peek() == "---types---" || peek() == "---functions---") {
        methods = peek() == "---functions---";
        ++next_;
        continue;
      }
      MTP_TRY(Combinator combinator, parseCombinator());
      combinator.method = methods;
      MTP_DO(add(std::move(combinator)));
    }
    return std::move(schema_);
  }

 private:
  std::string_view peek() const { return next_ < tokens_.size() ? tokens_[next_].text : std::string_view{}; }

  int line() const { return tokens_.empty() ? 1 : tokens_[std::min(next_, tokens_.size() - 1)].line; }

  Error wrong(const std::string& what) const { return at(schema_.file, line(), what); }

  Result<void> expect(std::string_view text) {
    if (peek() != text) {
      return wrong(fmt::format("expected '{}' but found '{}'", text, peek()));
    }
    ++next_;
    return {};
  }

  Result<std::string> word() {
    const std::string_view text = peek();
    if (text.empty() || std::string_view("#:;=?<>{}!%").find(text[0]) != std::string_view::npos) {
      return wrong(fmt::format("expected a name but found '{}'", text));
    }
    ++next_;
    return std::string(text);
  }

  Result<Combinator> parseCombinator() {
    Combinator c;
    c.line = line();
    MTP_TRY(c.name, word());
    MTP_DO(expect("#"));
    MTP_TRY(const std::string hex, word());
    const auto [end, bad] = std::from_chars(hex.data(), hex.data() + hex.size(), c.id, 16);
    if (bad != std::errc{} || end != hex.data() + hex.size()) {
      return wrong(fmt::format("'{}' is not a hexadecimal constructor id", hex));
    }
    while (peek() == "{") {
      ++next_;
      MTP_TRY(const std::string variable, word());
      MTP_DO(expect(":"));
      MTP_DO(expect("Type"));
      MTP_DO(expect("}"));
      if (variable != "X") {
        return wrong("only {X:Type} is understood");
      }
      c.generic = true;
    }
    while (peek() != "=") {
      MTP_TRY(Field field, parseField(c));
      c.fields.push_back(std::move(field));
    }
    MTP_DO(expect("="));
    MTP_TRY(c.result, parseType());
    MTP_DO(expect(";"));
    return c;
  }

  Result<Field> parseField(const Combinator& c) {
    Field field;
    MTP_TRY(field.name, word());
    MTP_DO(expect(":"));
    const std::string text(peek());
    const bool conditional = next_ + 1 < tokens_.size() && tokens_[next_ + 1].text == "?";
    if (conditional) {
      MTP_TRY(field.condition, parseCondition(c, text));
      next_ += 2;
    }
    MTP_TRY(field.type, parseType());
    if (field.type.kind == Kind::True && !conditional) {
      return wrong(fmt::format("field '{}' of type true needs a condition", field.name));
    }
    return field;
  }

  Result<std::optional<Condition>> parseCondition(const Combinator& c, const std::string& text) {
    const std::size_t dot = text.find('.');
    Condition condition;
    condition.word = text.substr(0, dot);
    const std::string bit = dot == std::string::npos ? "" : text.substr(dot + 1);
    const auto [end, bad] = std::from_chars(bit.data(), bit.data() + bit.size(), condition.bit);
    if (bit.empty() || bad != std::errc{} || end != bit.data() + bit.size() || condition.bit > 31) {
      return wrong(fmt::format("'{}' is not a condition of the form flags.N", text));
    }
    for (const Field& earlier : c.fields) {
      if (earlier.name == condition.word && earlier.type.kind == Kind::Nat) {
        return std::optional(condition);
      }
    }
    return wrong(fmt::format("flags word '{}' stands nowhere before", condition.word));
  }

  Result<Type> parseType() {
    Type type;
    if (peek() == "#" || peek() == "!") {
      type.kind = peek() == "#" ? Kind::Nat : Kind::Query;
      ++next_;
      if (type.kind == Kind::Query) {
        MTP_TRY(type.name, word());
      }
      return type;
    }
    const bool bare = peek() == "%";
    if (bare) {
      ++next_;
    }
    MTP_TRY(type.name, word());
    const auto plain = kPlainTypes.find(type.name);
    if (plain != kPlainTypes.end()) {
      type.kind = plain->second;
      type.name.clear();
    } else if (type.name == "Vector" || type.name == "vector") {
      type.kind = type.name == "Vector" ? Kind::Vector : Kind::BareVector;
      type.name.clear();
      MTP_DO(expect("<"));
      MTP_TRY(Type element, parseType());
      type.element.push_back(std::move(element));
      MTP_DO(expect(">"));
    } else {
      const char first = lastPart(type.name)[0];
      type.kind = bare || (first >= 'a' && first <= 'z') ? Kind::Bare : Kind::Boxed;
    }
    return type;
  }

  Result<void> add(Combinator c) {
    if (!schema_.byName.emplace(c.name, schema_.combinators.size()).second) {
      return at(schema_.file, c.line, fmt::format("'{}' is declared twice", c.name));
    }
    if (!c.method) {
      schema_.typeConstructors[c.result.kind == Kind::Bool ? "Bool" : c.result.name].push_back(
          schema_.combinators.size());
    }
    schema_.combinators.push_back(std::move(c));
    return {};
  }

  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  Schema schema_;
};

}  // namespace

Error at(const std::string& file, int line, const std::string& what) {
  return Error(Errc::Malformed, fmt::format("{}:{}: {}", file, line, what));
}

const Combinator* Schema::find(std::string_view name) const {
  const auto found = byName.find(name);
  return found == byName.end() ? nullptr : &combinators[found->second];
}

std::vector<const Combinator*> Schema::constructorsOf(std::string_view type) const {
  std::vector<const Combinator*> out;
  const auto found = typeConstructors.find(type);
  if (found != typeConstructors.end()) {
    for (const std::size_t index : found->second) {
      out.push_back(&combinators[index]);
    }
  }
  return out;
}

Result<Schema> parseSchema(std::string file, std::string_view text) {
  MTP_TRY(Tokens tokens, tokenize(file, text));
  MTP_TRY(Schema schema, Parser(std::move(file), std::move(tokens.tokens)).parse());
  schema.layer = tokens.layer;
  return schema;
}

}  // namespace mtpool::tlgen
