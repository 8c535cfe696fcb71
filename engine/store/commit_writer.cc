// SPDX-License-Identifier: Apache-2.0
#include "engine/store/commit_writer.h"

#include <algorithm>

#include "engine/base/log.h"
#include "engine/store/repo/history.h"

namespace mtpool::store {

namespace {

Error closedError() {
  return {Errc::Cancelled, "the database is closed"};
}

bool concernsOnlyThePage(const Error& error) {
  return error.code() == Errc::Refused || error.code() == Errc::NotFound ||
         error.code() == Errc::InvalidArgument;
}

bool concernsTheDatabase(const Error& error) {
  return error.code() == Errc::StorageBusy || error.code() == Errc::StorageFull ||
         error.code() == Errc::StorageCorrupt || error.code() == Errc::Io;
}

}  // namespace

CommitWriter::CommitWriter(std::unique_ptr<Executor> executor, CommitLimits limits, const Clock& clock)
    : limits_(limits), clock_(clock), executor_(std::move(executor)), thread_("db-writer") {
  thread_.start();
  thread_.post([this] { run(); });
}

CommitWriter::~CommitWriter() {
  close();
}

void CommitWriter::close() {
  std::deque<RoomWaiter> turnedAway;
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    turnedAway.swap(waiters_);
    changed_.notify_one();
  }
  for (const RoomWaiter& waiter : turnedAway) {
    waiter.answer(closedError());
  }
  thread_.join();
}

Task<Result<CommitReceipt>> CommitWriter::commit(HistoryCommit page) {
  if (co_await async::isCancelled()) {
    co_return Error(Errc::Cancelled, "stopped");
  }
  const std::size_t bytes = page.bytes();
  if (!tryReserve(bytes)) {
    auto wait = [this, bytes](async::Answer<Result<void>> answer) {
      reserveOrWait(bytes, std::move(answer));
    };
    MTP_CO_DO(co_await async::awaitCallback<Result<void>>(std::move(wait)));
  }
  auto begin = [this, bytes, page = std::move(page)](async::Answer<Result<CommitReceipt>> answer) mutable {
    push(Page{std::move(page), std::move(answer), bytes, clock_.mono()});
  };
  co_return co_await async::awaitCallback<Result<CommitReceipt>>(std::move(begin));
}

// A page larger than the whole queue is let in alone.
bool CommitWriter::fits(std::size_t bytes) const {
  return heldPages_ == 0 || (heldPages_ < limits_.queuePages && heldBytes_ + bytes <= limits_.queueBytes);
}

bool CommitWriter::tryReserve(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  if (closing_ || !waiters_.empty() || !fits(bytes)) {
    return false;
  }
  hold(bytes);
  return true;
}

void CommitWriter::hold(std::size_t bytes) {
  ++heldPages_;
  heldBytes_ += bytes;
  stats_.queuedPagesPeak = std::max(stats_.queuedPagesPeak, static_cast<std::int64_t>(heldPages_));
  stats_.queuedBytesPeak = std::max(stats_.queuedBytesPeak, static_cast<std::int64_t>(heldBytes_));
}

void CommitWriter::reserveOrWait(std::size_t bytes, async::Answer<Result<void>> answer) {
  std::unique_lock lock(mutex_);
  if (closing_) {
    lock.unlock();
    answer(closedError());
    return;
  }
  if (waiters_.empty() && fits(bytes)) {
    hold(bytes);
    lock.unlock();
    answer(Result<void>());
    return;
  }
  waiters_.push_back(RoomWaiter{bytes, std::move(answer)});
  changed_.notify_one();
}

void CommitWriter::release(std::vector<Page>& batch) {
  std::vector<RoomWaiter> admitted;
  for (Page& page : batch) {
    page.commit = HistoryCommit();  // the memory goes before the room is given to another page
  }
  {
    const std::lock_guard lock(mutex_);
    for (const Page& page : batch) {
      --heldPages_;
      heldBytes_ -= page.bytes;
    }
    while (!waiters_.empty() && fits(waiters_.front().bytes)) {
      hold(waiters_.front().bytes);
      admitted.push_back(std::move(waiters_.front()));
      waiters_.pop_front();
    }
  }
  for (const RoomWaiter& waiter : admitted) {
    waiter.answer(Result<void>());
  }
}

void CommitWriter::push(Job job) {
  std::unique_lock lock(mutex_);
  if (closing_ || jobs_.size() >= kJobs) {
    const bool closed = closing_;
    lock.unlock();
    job(closed ? closedError() : Error(Errc::Busy, "the database is busy with other changes: try again"));
    return;
  }
  jobs_.push_back(std::move(job));
  changed_.notify_one();
}

void CommitWriter::push(Page page) {
  std::unique_lock lock(mutex_);
  if (closing_) {
    lock.unlock();
    page.answer(closedError());
    return;
  }
  expected_.erase(page.commit.target.value);
  rowsQueued_ += page.commit.page.rows.size();
  pages_.push_back(std::move(page));
  // The first page sets the writer's alarm clock; the next ones wake it only when there is something to do.
  if (pages_.size() == 1 || batchIsDue()) {
    changed_.notify_one();
  }
}

WriterStats CommitWriter::stats() const {
  const std::lock_guard lock(mutex_);
  WriterStats stats = stats_;
  stats.queuedPages = static_cast<std::int64_t>(heldPages_);
  stats.queuedBytes = static_cast<std::int64_t>(heldBytes_);
  return stats;
}

void CommitWriter::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (!jobs_.empty()) {
      runJob(lock);
      continue;
    }
    if (pages_.empty()) {
      if (closing_) {
        break;
      }
      changed_.wait(lock);
      continue;
    }
    waitForMore(lock);
    if (!jobs_.empty()) {
      continue;
    }
    auto batch = takeBatch();
    lock.unlock();
    write(std::move(batch));
    lock.lock();
  }
  lock.unlock();
  executor_.reset();
  thread_.stop();
}

void CommitWriter::runJob(std::unique_lock<std::mutex>& lock) {
  Job job = std::move(jobs_.front());
  jobs_.pop_front();
  lock.unlock();
  job(broken_ ? Result<Executor*>(*broken_) : Result<Executor*>(executor_.get()));
  job = nullptr;
  lock.lock();
}

void CommitWriter::forgetLate(MonoTime now) {
  while (!expectedOrder_.empty() && expectedOrder_.front().first + limits_.batchWait <= now) {
    const auto [when, target] = expectedOrder_.front();
    expectedOrder_.pop_front();
    const auto it = expected_.find(target);
    if (it != expected_.end() && it->second == when) {
      expected_.erase(it);
    }
  }
}

bool CommitWriter::batchIsDue() {
  if (closing_ || !jobs_.empty() || !waiters_.empty() || rowsQueued_ >= limits_.batchRows) {
    return true;
  }
  const MonoTime now = clock_.mono();
  forgetLate(now);
  return expected_.empty() || pages_.front().arrived + limits_.batchWait <= now;
}

void CommitWriter::waitForMore(std::unique_lock<std::mutex>& lock) {
  while (!batchIsDue()) {
    // The last one expected is late at the same distance after its answer as the first page after it came.
    const MonoTime until = std::min(pages_.front().arrived, expectedOrder_.back().first) + limits_.batchWait;
    if (changed_.wait_for(lock, until - clock_.mono()) == std::cv_status::timeout) {
      return;
    }
  }
}

std::vector<CommitWriter::Page> CommitWriter::takeBatch() {
  std::vector<Page> batch;
  std::size_t rows = 0;
  while (!pages_.empty() && (batch.empty() || rows < limits_.batchRows)) {
    rows += pages_.front().commit.page.rows.size();
    batch.push_back(std::move(pages_.front()));
    pages_.pop_front();
  }
  rowsQueued_ -= rows;
  return batch;
}

void CommitWriter::write(std::vector<Page> batch) {
  Results results(batch.size());
  if (broken_) {
    std::fill(results.begin(), results.end(), Result<CommitReceipt>(*broken_));
  } else if (auto together = writeTogether(batch, results); !together.ok()) {
    const bool everyones = concernsTheDatabase(together.error()) || batch.size() == 1;
    if (everyones) {
      noteTrouble(together.error());
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (everyones) {
        results[i] = together.error();
      } else {
        writeAlone(batch[i], results[i]);
      }
    }
  }
  settle(batch, results);
  release(batch);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    batch[i].answer(std::move(*results[i]));
  }
}

Result<void> CommitWriter::writeTogether(std::vector<Page>& batch, Results& results) {
  const std::int64_t now = unixSeconds(clock_.wall());
  MTP_TRY(auto transaction, executor_->begin());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    auto stored = storeHistory(*executor_, batch[i].commit, now);
    if (!stored.ok() && !concernsOnlyThePage(stored.error())) {
      return std::move(stored).error();
    }
    results[i] = std::move(stored);
  }
  MTP_DO(transaction.commit());
  const std::lock_guard lock(mutex_);
  ++stats_.transactions;
  stats_.trouble.clear();
  return {};
}

void CommitWriter::writeAlone(Page& page, std::optional<Result<CommitReceipt>>& result) {
  if (broken_) {
    result = *broken_;
    return;
  }
  std::vector<Page> alone;
  alone.push_back(std::move(page));
  Results one(1);
  if (auto written = writeTogether(alone, one); !written.ok()) {
    noteTrouble(written.error());
    one.front() = std::move(written).error();
  }
  page = std::move(alone.front());
  result = std::move(one.front());
}

void CommitWriter::noteTrouble(const Error& error) {
  if (concernsOnlyThePage(error)) {
    return;
  }
  if (error.code() == Errc::Io || error.code() == Errc::StorageCorrupt) {
    log::error("store", "nothing more is written: {}", error.text());
    broken_ = error;
  }
  const std::lock_guard lock(mutex_);
  stats_.trouble = error.text();
  stats_.broken = broken_.has_value();
}

void CommitWriter::noteOutcome(const Error* error) {
  if (error != nullptr) {
    noteTrouble(*error);
    return;
  }
  const std::lock_guard lock(mutex_);
  stats_.trouble.clear();
}

void CommitWriter::settle(const std::vector<Page>& batch, const Results& results) {
  const std::lock_guard lock(mutex_);
  const MonoTime now = clock_.mono();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto& result = *results[i];
    if (!result.ok()) {
      ++stats_.refused;
      continue;
    }
    ++stats_.commits;
    stats_.inserted += result->inserted;
    stats_.updated += result->updated;
    stats_.unchanged += result->unchanged;
    expected_[batch[i].commit.target.value] = now;
    expectedOrder_.emplace_back(now, batch[i].commit.target.value);
  }
  forgetLate(now);
}

}  // namespace mtpool::store
