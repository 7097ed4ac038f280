#include "graph.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "dimacs.hpp"

namespace {

struct FullArc {
  std::uint32_t tail, head;
  Costs costs;
};

/// The arcs by tail; of those with equal ends the first of the file only.
std::vector<FullArc> keepFirst(std::vector<FullArc> arcs) {
  std::erase_if(arcs, [](const FullArc& arc) { return arc.tail == arc.head; });
  const auto ends = [](const FullArc& arc) { return std::uint64_t{arc.tail} << 32 | arc.head; };
  std::stable_sort(arcs.begin(), arcs.end(),
                   [&](const FullArc& a, const FullArc& b) { return ends(a) < ends(b); });
  const auto same = [&](const FullArc& a, const FullArc& b) { return ends(a) == ends(b); };
  arcs.erase(std::unique(arcs.begin(), arcs.end(), same), arcs.end());
  return arcs;
}

Adjacency adjacency(std::uint32_t nodes, const std::vector<FullArc>& arcs, bool backward) {
  Adjacency result;
  result.first.assign(nodes + 2, 0);
  result.arcs.resize(arcs.size());
  for (const auto& arc : arcs) ++result.first[(backward ? arc.head : arc.tail) + 2];
  std::partial_sum(result.first.begin(), result.first.end(), result.first.begin());
  for (const auto& arc : arcs) {
    const auto at = result.first[(backward ? arc.head : arc.tail) + 1]++;
    result.arcs[at] = {backward ? arc.tail : arc.head, arc.costs};
  }
  result.first.pop_back();
  return result;
}

std::vector<std::uint32_t> breadthFirstNumbers(std::uint32_t nodes, const Adjacency& graph) {
  constexpr std::uint32_t unseen = UINT32_MAX;
  std::vector<std::uint32_t> number(nodes, unseen), queue;
  queue.reserve(nodes);
  for (std::uint32_t start = 0; start < nodes; ++start) {
    if (number[start] != unseen) continue;
    std::size_t next = queue.size();
    number[start] = static_cast<std::uint32_t>(queue.size());
    queue.push_back(start);
    for (; next < queue.size(); ++next) {
      const auto node = queue[next];
      for (auto at = graph.first[node]; at < graph.first[node + 1]; ++at) {
        const auto head = graph.arcs[at].node;
        if (number[head] != unseen) continue;
        number[head] = static_cast<std::uint32_t>(queue.size());
        queue.push_back(head);
      }
    }
  }
  return number;
}

}  // namespace

Graph loadGraph(const std::array<std::string, kObjectives>& sources) {
  std::vector<FullArc> arcs;
  std::uint32_t nodes = 0;
  bool haveArcs = false;
  for (std::size_t k = 0; k < kObjectives; ++k) {
    if (sources[k] == "hops") continue;
    const auto file = readDimacs(sources[k]);
    if (!haveArcs) {
      nodes = file.nodes;
      for (const auto& [tail, head, cost] : file.arcs) arcs.push_back({tail, head, {1, 1, 1}});
      haveArcs = true;
    }
    if (file.nodes != nodes || file.arcs.size() != arcs.size())
      throw std::runtime_error(sources[k] + ": another graph than the first file");
    for (std::size_t index = 0; index < arcs.size(); ++index) {
      const auto& [tail, head, cost] = file.arcs[index];
      if (tail != arcs[index].tail || head != arcs[index].head)
        throw std::runtime_error(sources[k] + ": arcs in another order than in the first file");
      arcs[index].costs[k] = cost;
    }
  }
  if (!haveArcs) throw std::runtime_error("at least one objective must be a file");
  arcs = keepFirst(std::move(arcs));

  Graph graph;
  graph.nodes = nodes;
  graph.inside = breadthFirstNumbers(nodes, adjacency(nodes, arcs, false));
  graph.outside.resize(nodes);
  for (std::uint32_t node = 0; node < nodes; ++node) graph.outside[graph.inside[node]] = node;
  for (auto& arc : arcs) {
    arc.tail = graph.inside[arc.tail];
    arc.head = graph.inside[arc.head];
  }
  graph.forward = adjacency(nodes, arcs, false);
  graph.backward = adjacency(nodes, arcs, true);
  return graph;
}
