// Serves pairs over stdin and stdout: see usage below and ../README.md.

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

#include "graph.hpp"
#include "ltmoa.hpp"
#include "measure.hpp"

namespace {

constexpr const char* kUsage =
    "usage: yardstick array|staircase MEMORY_GIB OBJECTIVE OBJECTIVE OBJECTIVE\n"
    "An objective is a .gr or .gr.gz file, or hops. Then, per line of stdin:\n"
    "SOURCE TARGET LIMIT_S [front|paths]   (nodes from 1)\n";

const char* nameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::exact:
      return "exact";
    case Outcome::deadline:
      return "deadline";
    case Outcome::memory:
      return "memory";
  }
  return "";
}

struct Request {
  std::uint32_t source = 0, target = 0;
  double limitS = 0;
  std::string detail;
};

/// Throws std::runtime_error for a line that is no request.
Request parseRequest(const std::string& line, std::uint32_t nodes) {
  std::istringstream words(line);
  Request request;
  std::string rest;
  std::int64_t source = 0, target = 0;
  if (!(words >> source >> target >> request.limitS)) throw std::runtime_error("not a request");
  words >> request.detail;
  const auto& detail = request.detail;
  if (words >> rest || !(detail.empty() || detail == "front" || detail == "paths"))
    throw std::runtime_error("not a request");
  if (source < 1 || source > nodes || target < 1 || target > nodes)
    throw std::runtime_error("no such node");
  request.source = static_cast<std::uint32_t>(source);
  request.target = static_cast<std::uint32_t>(target);
  return request;
}

template <typename Values, typename Shown>
void printList(const char* name, const Values& values, Shown&& shown) {
  std::printf(",\"%s\":[", name);
  const char* separator = "";
  for (const auto& value : values) {
    std::printf("%s[", std::exchange(separator, ","));
    const char* inner = "";
    for (const auto part : value)
      std::printf("%s%lld", std::exchange(inner, ","), static_cast<long long>(shown(part)));
    std::printf("]");
  }
  std::printf("]");
}

template <typename Search>
void reply(Search& search, const Graph& graph, const std::string& line) {
  const auto request = parseRequest(line, graph.nodes);
  const auto startedS = wallSeconds();
  const auto answer =
      search.solve(graph.inside[request.source - 1], graph.inside[request.target - 1],
                   request.limitS, request.detail == "paths");
  const auto wallS = wallSeconds() - startedS;
  std::printf("{\"source\":%u,\"target\":%u,\"outcome\":\"%s\",\"size\":%zu", request.source,
              request.target, nameOf(answer.outcome), answer.front.size());
  std::printf(",\"boundsS\":%.6f,\"searchS\":%.6f,\"totalS\":%.6f,\"wallS\":%.6f", answer.boundsS,
              answer.searchS, answer.boundsS + answer.searchS, wallS);
  std::printf(",\"generated\":%llu,\"popped\":%llu,\"expanded\":%llu,\"peakRssMb\":%.1f",
              static_cast<unsigned long long>(answer.generated),
              static_cast<unsigned long long>(answer.popped),
              static_cast<unsigned long long>(answer.expanded), peakRssMb());
  if (!request.detail.empty()) printList("front", answer.front, [](auto cost) { return cost; });
  if (request.detail == "paths")
    printList("paths", answer.paths, [&](auto node) { return graph.outside[node] + 1; });
  std::printf("}\n");
}

template <typename Fronts>
void serve(const Graph& graph, std::size_t memoryBytes) {
  Ltmoa<Fronts> search(graph, memoryBytes);
  std::printf("{\"nodes\":%u,\"arcs\":%zu,\"loadS\":%.6f}\n", graph.nodes,
              graph.forward.arcs.size(), cpuSeconds());
  std::fflush(stdout);
  for (std::string line; std::getline(std::cin, line);) {
    try {
      reply(search, graph, line);
    } catch (const std::exception& error) {
      std::printf("{\"error\":\"%s\"}\n", error.what());
    }
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string fronts = argc == 6 ? argv[1] : "";
  const double memoryGib = argc == 6 ? std::strtod(argv[2], nullptr) : 0;
  if ((fronts != "array" && fronts != "staircase") || !(memoryGib > 0 && memoryGib <= 32)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  const auto memoryBytes = static_cast<std::size_t>(memoryGib * (1 << 30));
  try {
    const auto graph = loadGraph({argv[3], argv[4], argv[5]});
    if (fronts == "array")
      serve<ArrayFronts>(graph, memoryBytes);
    else
      serve<StaircaseFronts>(graph, memoryBytes);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "yardstick: %s\n", error.what());
    return 1;
  }
}
