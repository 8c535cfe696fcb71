// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/suggestion.h"

#include <algorithm>
#include <utility>

namespace mtpool::cli {

namespace {

// Levenshtein, two neighbours swapped counting as one change.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kShortestPart = 3;
constexpr std::size_t kMost = 3;

// More changes than this make it another word.
std::size_t mostChanges(std::string_view word) {
  return std::max<std::size_t>(1, word.size() / 3);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  std::size_t least = mostChanges(word) + 1;
  for (const auto& candidate : known) {
    if (word.size() > kLongestWord) {
      break;
    }
    if (const auto changes = distance(word, candidate); changes < least) {
      least = changes;
      best = candidate;
    }
  }
  return best;
}

std::vector<std::string> closest(std::string_view word, const std::vector<std::string>& known) {
  std::vector<std::pair<std::size_t, std::string>> near;
  if (word.size() > kLongestWord) {
    return {};
  }
  const std::string typed = lower(word);
  for (const auto& candidate : known) {
    const std::string name = lower(candidate);
    const std::size_t changes = distance(typed, name);
    const bool part = typed.size() >= kShortestPart && name.find(typed) != std::string::npos;
    if (part || changes <= mostChanges(word)) {
      near.emplace_back(changes, candidate);
    }
  }
  std::ranges::stable_sort(near, {}, &std::pair<std::size_t, std::string>::first);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < std::min(kMost, near.size()); ++i) {
    out.push_back(std::move(near[i].second));
  }
  return out;
}

}  // namespace mtpool::cli
