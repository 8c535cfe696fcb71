// SPDX-License-Identifier: Apache-2.0
// What the primitives cost. bytes_per_second is that of the plain side; compare it with the figures in
// engine/crypto/README.md, on an idle machine.
#include <benchmark/benchmark.h>

#include "engine/base/random.h"
#include "engine/crypto/aes_ige_backends.h"
#include "engine/crypto/auth_key.h"
#include "engine/crypto/dh.h"
#include "engine/crypto/factor.h"
#include "engine/crypto/inflate.h"
#include "engine/crypto/rsa.h"
#include "engine/crypto/sha.h"

namespace mtpool::crypto {
namespace {

constexpr std::uint64_t kSeed = 1;

void countBytes(benchmark::State& state, std::size_t perRound) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(perRound));
}

using Ige = void (*)(IgeDirection, const AesKeyIv&, ByteView, MutableBytes);

void ige(benchmark::State& state, Ige run, IgeDirection direction) {
  if (run == igeAesNi && !aesNiAvailable()) {
    state.SkipWithError("this CPU has no AES instructions");
    return;
  }
  SeededRandom random(kSeed);
  const AesKeyIv k{random.array<32>(), random.array<32>()};
  Bytes data = random.bytes(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    run(direction, k, data, data);
    benchmark::DoNotOptimize(data.data());
  }
  countBytes(state, data.size());
}

BENCHMARK_CAPTURE(ige, encrypt_aesni, igeAesNi, IgeDirection::Encrypt)->Arg(1024)->Arg(16384)->Arg(65536);
BENCHMARK_CAPTURE(ige, decrypt_aesni, igeAesNi, IgeDirection::Decrypt)->Arg(1024)->Arg(16384)->Arg(65536);
BENCHMARK_CAPTURE(ige, encrypt_evp, igeEvp, IgeDirection::Encrypt)->Arg(16384);
BENCHMARK_CAPTURE(ige, decrypt_evp, igeEvp, IgeDirection::Decrypt)->Arg(16384);

void ctr(benchmark::State& state) {
  SeededRandom random(kSeed);
  AesCtr stream(random.array<32>(), random.array<16>());
  Bytes data(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    stream.apply(data);
    benchmark::DoNotOptimize(data.data());
  }
  countBytes(state, data.size());
}

BENCHMARK(ctr)->Arg(16384);

void hashSha256(benchmark::State& state) {
  SeededRandom random(kSeed);
  const Bytes data = random.bytes(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(sha256({data}));
  }
  countBytes(state, data.size());
}

BENCHMARK(hashSha256)->Arg(52)->Arg(1024)->Arg(16384)->Arg(65536);

void messageKey(benchmark::State& state) {
  SeededRandom random(kSeed);
  const AuthKey key(random.bytes(256));
  const auto msgKey = random.array<16>();
  for (auto _ : state) {
    benchmark::DoNotOptimize(key.messageKey(msgKey, Sender::Server));
  }
}

BENCHMARK(messageKey);

/// Like a page of a channel: sentences of repeated words between random numbers, packing about fourfold.
Bytes pageLike(std::size_t size) {
  constexpr std::string_view kWords[] = {"market ", "today ", "the channel ", "reports ",
                                         "on ",     "a ",     "price "};
  SeededRandom random(kSeed);
  Bytes page;
  while (page.size() < size) {
    append(page, random.bytes(6));
    for (int i = 0; i < 12; ++i) {
      append(page, viewOf(kWords[random.below(std::size(kWords))]));
    }
  }
  page.resize(size);
  return page;
}

void inflatePage(benchmark::State& state) {
  const Bytes page = pageLike(static_cast<std::size_t>(state.range(0)));
  const Bytes packed = deflateGzip(page);
  Bytes out;
  for (auto _ : state) {
    if (!inflate(packed, out).ok()) {
      state.SkipWithError("the page does not inflate");
      break;
    }
    benchmark::DoNotOptimize(out.data());
  }
  state.counters["ratio"] = static_cast<double>(page.size()) / static_cast<double>(packed.size());
  countBytes(state, page.size());
}

BENCHMARK(inflatePage)->Arg(26000)->Arg(100000);

void deflatePage(benchmark::State& state) {
  const Bytes page = pageLike(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(deflateGzip(page));
  }
  countBytes(state, page.size());
}

BENCHMARK(deflatePage)->Arg(26000);

void factor(benchmark::State& state) {
  constexpr std::uint64_t kNumbers[] = {0x17ED48941A08F981, 2694724800268887959, 1724114033281923457,
                                        0x14fcab4dfc861f45, 2090522174869285481, 1470626929934143021,
                                        2804275833720261793};
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(factorPq(kNumbers[next]));
    next = (next + 1) % std::size(kNumbers);
  }
}

BENCHMARK(factor)->Unit(benchmark::kMicrosecond);

void dhPower2048(benchmark::State& state) {
  SeededRandom random(kSeed);
  const Bytes exponent = random.bytes(256);
  for (auto _ : state) {
    benchmark::DoNotOptimize(dhPower(3, exponent, knownDhPrime()));
  }
}

BENCHMARK(dhPower2048)->Unit(benchmark::kMicrosecond);

void rsaPad(benchmark::State& state) {
  SeededRandom random(kSeed);
  const Bytes data(100);
  for (auto _ : state) {
    benchmark::DoNotOptimize(rsaPadEncrypt(telegramKeys(false)[0], data, random));
  }
}

BENCHMARK(rsaPad)->Unit(benchmark::kMicrosecond);

void rsaPadUndo(benchmark::State& state) {
  SeededRandom random(kSeed);
  const RsaPrivateKey key = RsaPrivateKey::generate(random);
  const Bytes cipher = rsaPadEncrypt(key.publicKey(), Bytes(100), random);
  for (auto _ : state) {
    benchmark::DoNotOptimize(key.padDecrypt(cipher));
  }
}

BENCHMARK(rsaPadUndo)->Unit(benchmark::kMicrosecond);

void passwordHash(benchmark::State& state) {
  const Bytes salt(40, 7);
  for (auto _ : state) {
    benchmark::DoNotOptimize(pbkdf2Sha512(viewOf("password"), salt, 100'000));
  }
}

BENCHMARK(passwordHash)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mtpool::crypto
