#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "arena.hpp"

/// The costs of a label that truncation leaves, the second and the third, in one word; words
/// compare as the costs do lexicographically.
using Pair = std::uint64_t;

inline Pair pairOf(std::uint32_t second, std::uint32_t third) {
  return static_cast<Pair>(second) << 32 | third;
}
inline std::uint32_t secondOf(Pair pair) { return static_cast<std::uint32_t>(pair >> 32); }
inline std::uint32_t thirdOf(Pair pair) { return static_cast<std::uint32_t>(pair); }

/// Where the front of a node is: a block of 2^capacityLog2 pairs in the pool; none yet if that is 0.
struct FrontRef {
  std::uint32_t at = 0, size = 0, capacityLog2 = 0;
};

/// The blocks of all fronts. Blocks that fronts have grown out of are used again.
class FrontPool {
 public:
  explicit FrontPool(std::size_t bytes) : pairs_(bytes / sizeof(Pair)) {}

  Pair* data() { return pairs_.data(); }
  void clear() {
    used_ = 0;
    for (auto& list : free_) list.clear();
  }
  /// Whether a front might not find room to grow.
  bool isFull(const FrontRef& front) const {
    return used_ + (std::size_t{2} << front.capacityLog2) + kFirstCapacity > pairs_.capacity();
  }

  /// Makes room for one more pair.
  void reserveOne(FrontRef& front) {
    if (front.capacityLog2 == 0) {
      front.capacityLog2 = kFirstLog2;
      front.at = take(kFirstLog2);
    } else if (front.size == 1u << front.capacityLog2) {
      const auto old = front.at;
      const auto oldLog2 = front.capacityLog2++;
      front.at = take(front.capacityLog2);
      std::memcpy(&pairs_[front.at], &pairs_[old], sizeof(Pair) << oldLog2);
      free_[oldLog2].push_back(old);
    }
  }

 private:
  static constexpr std::uint32_t kFirstLog2 = 2, kFirstCapacity = 1 << kFirstLog2;
  Arena<Pair> pairs_;
  std::size_t used_ = 0;
  std::array<std::vector<std::uint32_t>, 32> free_;

  std::uint32_t take(std::uint32_t log2) {
    auto& list = free_[log2];
    if (list.empty()) {
      const auto at = used_;
      used_ += std::size_t{1} << log2;
      return static_cast<std::uint32_t>(at);
    }
    const auto at = list.back();
    list.pop_back();
    return at;
  }
};

/// The paper's fronts: plain arrays, every pair compared; pairs that a new one dominates leave.
struct ArrayFronts {
  /// Tells whether a pair of the front is nowhere worse.
  static bool dominates(const Pair* pairs, const FrontRef& front, Pair pair) {
    const auto second = secondOf(pair), third = thirdOf(pair);
    const Pair* const begin = pairs + front.at;
    // The latest first: of all they came in the most similar order, and dominate soonest. Eight at
    // a time without a branch, which the compiler turns into vector instructions.
    auto index = front.size;
    for (; index >= 8; index -= 8) {
      unsigned found = 0;
      for (const Pair* at = begin + index - 8; at < begin + index; ++at)
        found |= unsigned{secondOf(*at) <= second} & unsigned{thirdOf(*at) <= third};
      if (found != 0) return true;
    }
    while (index-- > 0)
      if (secondOf(begin[index]) <= second && thirdOf(begin[index]) <= third) return true;
    return false;
  }

  /// Adds a pair that no pair of the front dominates.
  static void insert(FrontPool& pool, FrontRef& front, Pair pair) {
    Pair* const begin = pool.data() + front.at;
    std::uint32_t kept = 0;
    for (std::uint32_t index = 0; index < front.size; ++index) {
      const auto other = begin[index];
      if (secondOf(pair) <= secondOf(other) && thirdOf(pair) <= thirdOf(other)) continue;
      begin[kept++] = other;
    }
    front.size = kept;
    pool.reserveOne(front);
    pool.data()[front.at + front.size++] = pair;
  }
};

/// Of three costs truncation leaves two, and in two a front is a staircase: sorted by the second
/// cost, its third falls. A check is one binary search.
struct StaircaseFronts {
  static bool dominates(const Pair* pairs, const FrontRef& front, Pair pair) {
    if (front.size == 0) return false;
    const Pair most = pair | UINT32_MAX;
    const Pair* base = pairs + front.at;
    // The last pair whose second cost is not above, found without a branch to mispredict.
    for (auto size = front.size; size > 1;) {
      const auto half = size / 2;
      base = base[half] <= most ? base + half : base;
      size -= half;
    }
    return *base <= most && thirdOf(*base) <= thirdOf(pair);
  }

  static void insert(FrontPool& pool, FrontRef& front, Pair pair) {
    Pair* begin = pool.data() + front.at;
    std::uint32_t low = 0;
    for (auto high = front.size; low < high;) {
      const auto middle = (low + high) / 2;
      if (begin[middle] < pair) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    auto end = low;
    while (end < front.size && thirdOf(begin[end]) >= thirdOf(pair)) ++end;
    if (end == low) {
      pool.reserveOne(front);
      begin = pool.data() + front.at;
    }
    std::memmove(begin + low + 1, begin + end, (front.size - end) * sizeof(Pair));
    begin[low] = pair;
    front.size = front.size + 1 - (end - low);
  }
};
