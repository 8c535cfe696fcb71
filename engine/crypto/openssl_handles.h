// SPDX-License-Identifier: Apache-2.0
// Internal to engine/crypto: owners of OpenSSL objects. Every free function here also wipes what it frees.
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <memory>

namespace mtpool::crypto {

template <auto freeFunction>
struct OpensslFree {
  template <class T>
  void operator()(T* object) const {
    freeFunction(object);
  }
};

using MdHandle = std::unique_ptr<EVP_MD, OpensslFree<EVP_MD_free>>;
using MdContext = std::unique_ptr<EVP_MD_CTX, OpensslFree<EVP_MD_CTX_free>>;
using CipherHandle = std::unique_ptr<EVP_CIPHER, OpensslFree<EVP_CIPHER_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, OpensslFree<EVP_CIPHER_CTX_free>>;
using KdfHandle = std::unique_ptr<EVP_KDF, OpensslFree<EVP_KDF_free>>;
using KdfContext = std::unique_ptr<EVP_KDF_CTX, OpensslFree<EVP_KDF_CTX_free>>;
using BioHandle = std::unique_ptr<BIO, OpensslFree<BIO_free_all>>;
using BnHandle = std::unique_ptr<BIGNUM, OpensslFree<BN_clear_free>>;
using BnContext = std::unique_ptr<BN_CTX, OpensslFree<BN_CTX_free>>;

}  // namespace mtpool::crypto
