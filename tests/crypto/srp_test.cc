// SPDX-License-Identifier: Apache-2.0
#include "engine/crypto/srp.h"

#include <gtest/gtest.h>

#include "engine/crypto/dh.h"
#include "tests/crypto/hex.h"

namespace mtpool::crypto {
namespace {

constexpr std::string_view kForeignB =
    "9c52401a6a8084ec82f01c3725d3fb448bd2f0c909f9d97726eac4b7a74172d952f02466be6734fa274d2b7429e27397"
    "f10372d66b400b80a5c5ae3f28b17bf3105d7a2d2a885998cdc2defc208aec217ab58859a9abc2374ad93dc285f4b3fb"
    "caff4143d7888f2425bd2fb711b25609ceb21757d935b1ef2f042173ad0ce2fe0e474dac53914bd25a8a9aed4aea8953"
    "d55cb88621db37b871ea0d04393ac0987f68094ccc9de8239251375d8fffd263316cd528c097b7bc9fb919fbedb76c52"
    "5df3413c374ee076d97a1e6d352bb7cc80fd13651b04b32e2e48c5268150842cfd07cf855958b1b5ea9c36fdad697fe3"
    "aec8dcc6b1efec36874af226204676cf";

// Both sides of one login, with every number chosen.
constexpr std::string_view kVerifier =
    "4bd48d0e980340133c8585e703625d72b42a98571719905b2de422439c48417c6ebb767565a6475c841bfbf3198c675b"
    "ad827528e88f95b30b778339d78b11684872291053f1d152789b461ed545cde9446c65337bce072feecc124febab5c76"
    "c56f48367fd319f554b8977ad769284b12520503ded571ad8e33fe6dba3006727007187b148bc9841740f763dbbf2994"
    "2fc72ce4e16444c929c132caaa8ba3378e6dadf96578a2417cf5cd9090c7b7adbe05e4d9f3560b84657112da2fd1dd9c"
    "55eb02b31548628ef92e7558ceb6f8b09f72504e64e0e7453481f07196986c6a87edb22dfa1646373a0f59f58da15378"
    "3a54c22ef4bb43531bf903d91ae14ca0";
constexpr std::string_view kServerB =
    "36750dae91074dab6836670bad8a1d82b77cb2a9c5667138795953f13a6c71c72f4a543cf3cdd11329e487682d8bb3f1"
    "b92daa99ce93f18d95646c1250bdeae6424c2f70f416ad771a1e4ddf2d59150491c5f0132e6ad9b53e5f8e564e21b4a4"
    "c4b10784a7cd5b0f11fefd1101cab1788d724d96de35f6ac47e0167a2b322a83325cf20e9c7fb43e861a2537ebed698e"
    "a3dc1b30a5c566f2d7fc753cc79485b0b4933818519e23b51ad06ecfc0ccad70ae175ed899daec7b5491254f25ab5624"
    "b7423d697b22402054b4afdae910ae82e9a71508e35c6f15bc2b3009529db833e69cfae4c6eb5891ca5b4af4f87bbbff"
    "4f7309bf7965bfd5f8919c02f0b986fc";
constexpr std::string_view kA =
    "5b1142f3a9d68fb5d161c78fa5ce1961e8707427f2c1c147485d9a4b9c20979a820646620b126bd488c03db7a381b765"
    "5459ea04a23899a20356dfd79c096d59617225506dfb753e2e69e5ac27c543437f3464cf096380500f57797fc33d513b"
    "25c71f1d4a3eae815ec5b6ee46e6e8d2fa81f1413011829a00f1d8160f046035dd80e0d042c765e7553b0537cc53942d"
    "c9cab57b90fcafb32335ee5a4cd9b89f5b1524823320f8cfb1c86c73047776a3c195d0434dc00fe9a0e9448cc2c14604"
    "ad131f69025d01539f7939c9f82bcf1d3c3de4f0a98f38c7663348e55869c7b8503f33ab200fc09402bf9e66ee07fb2c"
    "92e82bce234bd013c7cc10b9f52cfd5d";

SecretString password(std::string text) {
  return SecretString(std::move(text));
}

SrpParameters ownParameters() {
  return {counting(40), counting(16, 0x80), 3, knownDhPrime()};
}

/// One login between a client and a server that remembers `stored`.
bool login(const std::string& stored, const std::string& typed) {
  SeededRandom random(81);
  const SrpParameters parameters = ownParameters();
  const Bytes verifier = srpVerifier(parameters, password(stored));
  const Bytes b = random.bytes(256);
  const auto proof = srpProve(parameters, srpServerB(parameters, verifier, b), password(typed), random);
  return proof.ok() && srpVerify(parameters, verifier, b, *proof);
}

TEST(Srp, GivesTheProofOfAnotherImplementation) {
  const SrpParameters parameters{
      hex("4D11FB6BEC38F9D2546BB0F61E4F1C99A1BC0DB8F0D5F35B1291B37B213123D7ED48F3C6794D495B"),
      hex("A1B181AAFE88188680AE32860D60BB01"), 3, knownDhPrime()};
  EXPECT_EQ(toHex(srpPasswordHash(parameters, password("123123")).reveal()),
            "55a33fcadca739ca2819d8209cd098413d8e072a24ebc69c60f60ff20f8ac1ba");
  const auto proof = srpProveWith(parameters, hex(kForeignB), password("123123"), Bytes{1});
  ASSERT_TRUE(proof.ok()) << proof.error().text();
  EXPECT_EQ(toHex(proof->a), std::string(510, '0') + "03");
  EXPECT_EQ(toHex(proof->m1), "999df906bda2c6cbb52f503406eba2d0d0503ace0cc302c38f13ee5010ad4051");
}

TEST(Srp, HashesThePasswordLikeAThirdImplementation) {
  const SrpParameters parameters{
      hex("9b3accc457c0d5288e8cff31eb21094048bc11902f6614dbb9afb839ee7641c37619537d8ebe749e"),
      hex("6c619bb0786dc4ed1bf211d23f6e4065"), 3, knownDhPrime()};
  EXPECT_EQ(toHex(srpPasswordHash(parameters, password("qwe123")).reveal()),
            "750f1fe282965e63ce17b98427b35549fb864465211840f6a7c1f2fb657cc33b");
}

TEST(Srp, GivesTheKnownNumbersOnBothSides) {
  const SrpParameters parameters = ownParameters();
  const Bytes a(256, 0x5a);
  const Bytes b(256, 0x6b);
  EXPECT_EQ(toHex(srpPasswordHash(parameters, password("mtpool")).reveal()),
            "a68b7eac8048caebb6df0b38ccb5ef551bfc57cee0856f077f0e15af0b2694cf");
  const Bytes verifier = srpVerifier(parameters, password("mtpool"));
  EXPECT_EQ(toHex(verifier), kVerifier);
  EXPECT_EQ(toHex(srpServerB(parameters, verifier, b)), kServerB);
  const auto proof = srpProveWith(parameters, hex(kServerB), password("mtpool"), a);
  ASSERT_TRUE(proof.ok());
  EXPECT_EQ(toHex(proof->a), kA);
  EXPECT_EQ(toHex(proof->m1), "0a4b047b2060b60bfa00f966c1f0d15449fc8bdcaa37c1a7089d945ba902527a");
  EXPECT_TRUE(srpVerify(parameters, verifier, b, *proof));
}

TEST(Srp, LetsTheRightPasswordInAndNoOther) {
  EXPECT_TRUE(login("rehearsal", "rehearsal"));
  EXPECT_TRUE(login("", ""));
  EXPECT_FALSE(login("rehearsal", "rehearsaL"));
  EXPECT_FALSE(login("rehearsal", ""));
}

TEST(Srp, RefusesAProofWithAnyByteChanged) {
  const SrpParameters parameters = ownParameters();
  const Bytes b(256, 0x6b);
  const Bytes verifier = hex(kVerifier);
  const SrpProof proof{hex(kA),
                       hexArray<32>("0a4b047b2060b60bfa00f966c1f0d15449fc8bdcaa37c1a7089d945ba902527a")};
  ASSERT_TRUE(srpVerify(parameters, verifier, b, proof));
  for (const std::size_t at : {0u, 15u, 31u}) {
    SrpProof changed = proof;
    changed.m1[at] ^= 1;
    EXPECT_FALSE(srpVerify(parameters, verifier, b, changed)) << at;
    changed = proof;
    changed.a[8 * at] ^= 1;
    EXPECT_FALSE(srpVerify(parameters, verifier, b, changed)) << at;
  }
}

/// What a client sends that does not know the password but makes the common secret `secret` whatever it is.
SrpProof forgedProof(const SrpParameters& parameters, const Bytes& a, const Bytes& ownB,
                     const Bytes& secret) {
  const Sha256Digest hashP = sha256({parameters.p});
  Bytes g(256);
  g.back() = static_cast<Byte>(parameters.g);
  Sha256Digest mixed = sha256({g});
  for (std::size_t i = 0; i < mixed.size(); ++i) {
    mixed[i] ^= hashP[i];
  }
  SrpProof proof;
  proof.a = a;
  proof.m1 =
      sha256({mixed, sha256({parameters.salt1}), sha256({parameters.salt2}), a, ownB, sha256({secret})});
  return proof;
}

TEST(Srp, ServerRefusesAValueThatMakesTheSecretZero) {
  const SrpParameters parameters = ownParameters();
  const Bytes b(256, 0x6b);
  for (const Bytes& a : {Bytes(256), knownDhPrime()}) {
    const SrpProof forged = forgedProof(parameters, a, hex(kServerB), Bytes(256));
    EXPECT_FALSE(srpVerify(parameters, hex(kVerifier), b, forged));
  }
}

TEST(Srp, ClientRefusesChallengesOutsideThePrime) {
  const SrpParameters parameters = ownParameters();
  Bytes above = knownDhPrime();
  ++above.back();
  for (const Bytes& wrong : {Bytes(), Bytes(256), knownDhPrime(), above, Bytes(257, 1)}) {
    const auto proof = srpProveWith(parameters, wrong, password("mtpool"), Bytes(256, 0x5a));
    ASSERT_FALSE(proof.ok());
    EXPECT_EQ(proof.error().code(), Errc::SecurityCheck);
  }
}

TEST(Srp, ClientRefusesAChallengeThatGivesTheSecretAway) {
  // With B = k*v the secret is zero; k*v follows from B of a known b: B - g^b.
  const SrpParameters parameters = ownParameters();
  const Bytes verifier = hex(kVerifier);
  const Bytes zeroExponent;  // g^0 = 1, so B - k*v = 1 and the secret is 1
  const Bytes one = srpServerB(parameters, verifier, zeroExponent);
  Bytes zero = one;
  ASSERT_NE(zero.back(), 0);
  --zero.back();
  for (const Bytes& wrong : {one, zero}) {
    const auto proof = srpProveWith(parameters, wrong, password("mtpool"), Bytes(256, 0x5a));
    ASSERT_FALSE(proof.ok());
    EXPECT_EQ(proof.error().code(), Errc::SecurityCheck);
  }
}

TEST(Srp, ClientRefusesAnotherGroup) {
  SrpParameters parameters = ownParameters();
  parameters.g = 2;
  EXPECT_EQ(srpProveWith(parameters, hex(kServerB), password("mtpool"), Bytes{5}).error().code(),
            Errc::SecurityCheck);
  parameters = ownParameters();
  parameters.p[100] ^= 1;
  EXPECT_EQ(srpProveWith(parameters, hex(kServerB), password("mtpool"), Bytes{5}).error().code(),
            Errc::SecurityCheck);
}

TEST(Srp, AcceptsAChallengeSentWithoutItsLeadingZeros) {
  // A server may send a small number short; hashing pads it.
  const SrpParameters parameters = ownParameters();
  Bytes padded(256);
  padded[255] = 9;
  const auto fromShort = srpProveWith(parameters, Bytes{9}, password("mtpool"), Bytes(256, 0x5a));
  const auto fromLong = srpProveWith(parameters, padded, password("mtpool"), Bytes(256, 0x5a));
  ASSERT_TRUE(fromShort.ok() && fromLong.ok());
  EXPECT_EQ(fromShort->m1, fromLong->m1);
}

/// Gives a tiny exponent first: 3^2 is far outside the allowed range of A.
class TinyFirstRandom final : public Random {
 public:
  void fill(MutableBytes out) override {
    std::fill(out.begin(), out.end(), Byte{0});
    out.back() = 2;
    if (++drawn_ > 1) {
      std::fill(out.begin(), out.end(), Byte{0x5a});
    }
  }

 private:
  int drawn_ = 0;
};

TEST(Srp, DrawsTheExponentAgainWhenItsPowerIsOutOfRange) {
  TinyFirstRandom random;
  const auto proof = srpProve(ownParameters(), hex(kServerB), password("mtpool"), random);
  ASSERT_TRUE(proof.ok());
  EXPECT_EQ(toHex(proof->a), kA);
}

}  // namespace
}  // namespace mtpool::crypto
