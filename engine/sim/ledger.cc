// SPDX-License-Identifier: Apache-2.0
#include "engine/sim/ledger.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "engine/base/bytes.h"
#include "engine/crypto/sha.h"
#include "engine/sim/json_text.h"

namespace mtpool::sim {

namespace {

constexpr std::size_t kBuffer = std::size_t{256} * 1024;

std::string_view kindOf(const Post& post) {
  return post.service ? "service" : "message";
}

template <class Int>
void appendField(std::string& out, const std::optional<Int>& number) {
  if (number) {
    appendJsonNumber(out, *number);
  } else {
    out += "\\N";
  }
}

void appendEscaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '\\':
        out += "\\\\";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += c;
    }
  }
}

void appendMessageLine(std::string& out, const Channel& channel, const Post& post) {
  out += R"({"t":"message","chat_id":)";
  appendJsonNumber(out, channel.chatId());
  out += R"(,"message_id":)";
  appendJsonNumber(out, post.id);
  out += R"(,"date":)";
  appendJsonNumber(out, post.date);
  out += R"(,"edit_date":)";
  appendJsonNumber(out, post.editDate);
  out += R"(,"kind":)";
  appendJsonString(out, kindOf(post));
  out += R"(,"text":)";
  appendJsonString(out, post.text);
  out += R"(,"views":)";
  appendJsonNumber(out, post.views);
  out += R"(,"forwards":)";
  appendJsonNumber(out, post.forwards);
  out += R"(,"grouped_id":)";
  appendJsonNumber(out, post.groupedId);
  out += R"(,"media_kind":)";
  if (post.media == MediaKind::None) {
    out += "null";
  } else {
    appendJsonString(out, name(post.media));
  }
}

}  // namespace

void appendHashLine(std::string& out, const Channel& channel, const Post& post) {
  appendJsonNumber(out, channel.chatId());
  out += '\t';
  appendJsonNumber(out, post.id);
  out += '\t';
  appendJsonNumber(out, post.date);
  out += '\t';
  appendField(out, post.editDate);
  out += '\t';
  out += kindOf(post);
  out += '\t';
  appendEscaped(out, post.text);
  out += '\t';
  appendField(out, post.views);
  out += '\t';
  appendField(out, post.forwards);
  out += '\t';
  appendField(out, post.groupedId);
  out += '\t';
  out += post.media == MediaKind::None ? std::string_view("\\N") : name(post.media);
  out += '\n';
}

std::string channelHash(const World& world, const Channel& channel) {
  crypto::Sha256Stream hash;
  std::string lines;
  for (std::int32_t rank = 0; rank < channel.ids().count(); ++rank) {
    appendHashLine(lines, channel, world.post(channel, channel.ids().at(rank)));
    if (lines.size() > kBuffer) {
      hash.update(viewOf(lines));
      lines.clear();
    }
  }
  hash.update(viewOf(lines));
  return toHex(hash.finish());
}

Result<Ledger> Ledger::open(const std::string& path, const World& world) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) {
    return Error(Errc::Io,
                 fmt::format("the ledger {} can't be written: {}; give --ledger a path in a directory "
                             "you may write to",
                             path, std::strerror(errno)));
  }
  return Ledger(path, file, world);
}

Ledger::Ledger(std::string path, int file, const World& world)
    : path_(std::move(path)), file_(file), world_(&world) {}

Ledger::Ledger(Ledger&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      world_(other.world_),
      pending_(std::move(other.pending_)),
      touched_(std::move(other.touched_)),
      ended_(std::move(other.ended_)),
      failure_(other.failure_) {}

Ledger& Ledger::operator=(Ledger&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(world_, other.world_);
  std::swap(pending_, other.pending_);
  std::swap(touched_, other.touched_);
  std::swap(ended_, other.ended_);
  std::swap(failure_, other.failure_);
  return *this;
}

Ledger::~Ledger() {
  if (file_ >= 0) {
    flush();
    ::close(file_);
  }
}

void Ledger::append(std::string_view line) {
  pending_ += line;
  if (pending_.size() >= kBuffer) {
    flush();
  }
}

void Ledger::flush() {
  std::string_view left = pending_;
  while (!left.empty() && failure_ == 0) {
    const auto written = ::write(file_, left.data(), left.size());
    if (written > 0) {
      left.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      failure_ = errno;
    }
  }
  pending_.clear();
}

void Ledger::served(const Channel& channel, const Post& post, int dc, std::string_view client) {
  touched_.insert(channel.facts().number);
  line_.clear();
  appendMessageLine(line_, channel, post);
  line_ += R"(,"dc":)";
  appendJsonNumber(line_, dc);
  line_ += R"(,"client":)";
  appendJsonString(line_, client);
  line_ += "}\n";
  append(line_);
}

void Ledger::reachedEnd(const Channel& channel) {
  if (!ended_.insert(channel.facts().number).second) {
    return;
  }
  append(fmt::format("{{\"t\":\"end\",\"chat_id\":{},\"oldest\":{},\"newest\":{},\"count\":{}}}\n",
                     channel.chatId(), channel.ids().count() > 0 ? channel.ids().at(0) : 0,
                     channel.ids().top(), channel.ids().count()));
}

Result<void> Ledger::finish() {
  for (const std::int32_t number : touched_) {
    const Channel& channel = world_->channels()[static_cast<std::size_t>(number - 1)];
    append(fmt::format("{{\"t\":\"world\",\"chat_id\":{},\"ids\":{},\"hash\":\"{}\"}}\n", channel.chatId(),
                       channel.ids().count(), channelHash(*world_, channel)));
  }
  flush();
  if (::close(std::exchange(file_, -1)) != 0 && failure_ == 0) {
    failure_ = errno;
  }
  if (failure_ != 0) {
    return Error(Errc::Io, fmt::format("the ledger {} is incomplete: {}; free some space and run again",
                                       path_, std::strerror(failure_)));
  }
  return {};
}

}  // namespace mtpool::sim
